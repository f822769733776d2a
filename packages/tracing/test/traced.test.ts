/** Tests of `traced`, `addAttributes` and `recordEvent`. */
import { spawnSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addAttributes, recordEvent, traced } from '@moneytrail/tracing';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import fc from 'fast-check';
import { hostile, startSpans, takeSpan, takeSpans } from './spans.ts';

const activeSpanId = (): string | undefined => trace.getActiveSpan()?.spanContext().spanId;

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

beforeAll(startSpans);
beforeEach(() => void takeSpans());

describe('traced with a plain function', () => {
  it.each([[42], ['text'], [undefined], [null], [Object.freeze({ a: 1 })], [() => 1]])(
    'returns %p unchanged and ends the span',
    (value) => {
      expect(traced('work', () => value)).toBe(value);
      expect(takeSpan()).toMatchObject({ name: 'work', status: { code: SpanStatusCode.UNSET } });
    },
  );

  it('runs the function within the span and restores the context afterwards', () => {
    const inside = traced('work', activeSpanId);
    expect(takeSpan().spanContext().spanId).toBe(inside);
    expect(activeSpanId()).toBeUndefined();
  });

  it('makes nested spans children', () => {
    traced('outer', () => traced('inner', () => undefined));
    const [inner, outer] = takeSpans();
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  });

  it('sets attributes, large amounts exactly, and leaves out empty values', () => {
    traced(
      'work',
      {
        text: 'a',
        number: 1.5,
        flag: true,
        safe: BigInt(Number.MAX_SAFE_INTEGER),
        unsafe: BigInt(Number.MAX_SAFE_INTEGER) + 1n,
        numbers: [1, 2n],
        mixed: [1, 'two', false],
        nothing: undefined,
        none: null,
        infinite: Number.POSITIVE_INFINITY,
      },
      () => undefined,
    );
    expect(takeSpan().attributes).toEqual({
      text: 'a',
      number: 1.5,
      flag: true,
      safe: 9007199254740991,
      unsafe: '9007199254740992',
      numbers: [1, 2],
      mixed: ['1', 'two', 'false'],
    });
  });

  it('keeps every whole number exact, as a number or as text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), (value) => {
        traced('work', { value }, () => undefined);
        const written = takeSpan().attributes['value'];
        expect(BigInt(written === undefined ? 'missing' : String(written))).toBe(value);
      }),
    );
  });
});

describe('traced with an error', () => {
  class Declined extends Error {}

  it.each([
    ['an error', new Declined('no funds'), { name: 'Declined', message: 'no funds' }],
    ['an error with a name', new TypeError('bad'), { name: 'TypeError', message: 'bad' }],
    ['a string', 'declined', { name: 'string', message: 'declined' }],
    ['undefined', undefined, { name: 'undefined', message: 'undefined' }],
    ['a bigint', 7n, { name: 'bigint', message: '7' }],
    ['an object', { reason: 1 }, { name: 'Object', message: 'a thrown object without a message' }],
  ])('rethrows %s unchanged and records it', (_, error, { name, message }) => {
    const work = (): never => {
      throw error;
    };
    expect(caught(() => traced('work', work))).toBe(error);
    const span = takeSpan();
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message });
    expect(span.attributes['error.type']).toBe(name);
    expect(span.events).toMatchObject([
      { name: 'exception', attributes: { 'exception.type': name, 'exception.message': message } },
    ]);
  });

  it.each([[new Error('once')], ['once'], [undefined], [0]])(
    'records %p on the innermost of three spans only, and marks all three',
    (error) => {
      const work = (): never => {
        throw error;
      };
      caught(() => traced('a', () => traced('b', () => traced('c', work))));
      const spans = takeSpans();
      expect(spans.map((span) => span.events.length)).toEqual([1, 0, 0]);
      expect(spans.map((span) => span.status.code)).toEqual([2, 2, 2]);
    },
  );

  it.each([[new Error('once')], ['once']])(
    'records the rejection %p on the innermost span only',
    async (error) => {
      const work = (): Promise<never> => Promise.reject(error);
      await expect(traced('a', () => traced('b', work))).rejects.toBe(error);
      await expect(traced('a', async () => await traced('b', work))).rejects.toBe(error);
      expect(takeSpans().flatMap((span) => span.events)).toHaveLength(
        // The error object was recorded by the first call. A string has no identity, so both calls record it.
        typeof error === 'string' ? 2 : 1,
      );
    },
  );

  it('records equal strings of two siblings on both', () => {
    const work = (): never => {
      throw 'declined';
    };
    traced('parent', () => {
      caught(() => traced('first', work));
      caught(() => traced('second', work));
    });
    expect(takeSpans().map((span) => span.events.length)).toEqual([1, 1, 0]);
  });

  it('survives an error whose message cannot be read', () => {
    const error = Object.defineProperty(new Error(), 'message', {
      get: () => {
        throw new Error('hostile');
      },
    });
    const work = (): never => {
      throw error;
    };
    expect(caught(() => traced('work', work))).toBe(error);
    expect(takeSpan().status.code).toBe(SpanStatusCode.ERROR);
  });
});

describe('traced with a promise', () => {
  it('ends the span when the promise settles, not before', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const result = traced('work', () => promise);
    expect(takeSpans()).toHaveLength(0);
    resolve('done');
    expect(await result).toBe('done');
    expect(takeSpan().name).toBe('work');
  });

  it('keeps the span active across await', async () => {
    const [before, after] = await traced('work', async () => {
      const first = activeSpanId();
      await new Promise(setImmediate);
      return [first, activeSpanId()];
    });
    expect(before).toBe(after);
    expect(takeSpan().spanContext().spanId).toBe(after);
  });

  class Request<T> extends Promise<T> {
    abort(): string {
      return 'aborted';
    }
  }

  it.each<[string, () => PromiseLike<unknown>]>([
    ['a promise', () => Promise.resolve(1)],
    ['a promise of a subclass', () => Request.resolve(1)],
    ['a promise with members of its own', () => Object.assign(Promise.resolve(1), { pid: 7 })],
    ['a frozen promise', () => Object.freeze(Promise.resolve(1))],
    ['a promise of another realm', () => runInNewContext('Promise.resolve(1)')],
    ['a rejected promise', () => Promise.reject(new Error('declined'))],
  ])('returns %s itself', async (_, make) => {
    const promise = make();
    const result = traced('work', () => promise);
    expect(result === promise).toBe(true);
    await result.then(
      () => {},
      () => {},
    );
    expect(takeSpans()).toHaveLength(1);
  });

  it.each([
    [
      'the promise of an async function is rejected and not handled',
      `traced('w', async () => { throw new Error('not handled') });`,
    ],
    [
      'a rejected promise is handled by its maker and the result is ignored',
      `const job = Promise.reject(new Error('late')); job.catch(() => {}); traced('w', () => job);`,
    ],
    [
      'a pending promise is handled by its maker and the result is ignored',
      `const job = wait(5).then(() => { throw new Error('late') }); job.catch(() => {}); traced('w', () => job);`,
    ],
    [
      'the rejection is handled in the same turn',
      `traced('w', async () => { throw 1 }).catch(() => {});`,
    ],
    [
      'the rejection is handled by Promise.all',
      `Promise.all([traced('w', () => Promise.reject(1)), 2]).catch(() => {});`,
    ],
  ])('changes neither exit code nor output when %s', (_, work) => {
    const script = (telemetry: string): string => `
      import { setTimeout as wait } from 'node:timers/promises';
      ${telemetry}
      ${work}
    `;
    const outcome = (telemetry: string): unknown => {
      const options = ['--conditions=@moneytrail/source', '--input-type=module', '--eval'];
      const { status, stderr } = spawnSync(process.execPath, [...options, script(telemetry)], {
        encoding: 'utf8',
        cwd: import.meta.dirname,
      });
      return { status, error: /Error: .*/.exec(stderr)?.[0] };
    };
    const withSpans = `
      import { TracerProvider } from '@opentelemetry/sdk-trace';
      import { trace } from '@opentelemetry/api';
      import { traced } from '@moneytrail/tracing';
      trace.setGlobalTracerProvider(new TracerProvider());
    `;
    expect(outcome(withSpans)).toEqual(outcome('const traced = (name, work) => work();'));
  });
});

describe('traced with a thenable of its own class', () => {
  class Query implements PromiseLike<string> {
    runs: (string | undefined)[] = [];
    limit(): this {
      return this;
    }
    // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
    then<A, B>(
      onValue?: ((value: string) => A | PromiseLike<A>) | null,
      onError?: ((error: unknown) => B | PromiseLike<B>) | null,
    ): Promise<A | B> {
      this.runs.push(activeSpanId());
      return Promise.resolve('rows').then(onValue, onError);
    }
  }

  it('returns the object without starting it, and runs it once within the span', async () => {
    const query = new Query();
    const same: Query = traced('query', () => query);
    expect(same).toBe(query);
    expect(query.runs).toHaveLength(0);
    expect(await same.limit()).toBe('rows');
    expect(query.runs).toEqual([takeSpan().spanContext().spanId]);
  });

  it('runs the callbacks of the caller outside the span', async () => {
    let inside: string | undefined = 'not run';
    await traced('query', () => new Query()).then(() => {
      inside = activeSpanId();
    });
    expect(inside).toBeUndefined();
  });

  it('returns a frozen thenable unchanged', async () => {
    const frozen = Object.freeze(new Query());
    expect(await traced('query', () => frozen)).toBe('rows');
    expect(takeSpan().name).toBe('query');
  });
});

describe('traced with a generator', () => {
  function* steps(log: (string | undefined)[] = []): Generator<number, string, string | undefined> {
    try {
      log.push(activeSpanId());
      const word = yield 1;
      log.push(activeSpanId());
      yield word?.length ?? 0;
      return 'end';
    } finally {
      log.push('closed');
    }
  }

  it('returns the generator and runs its steps within the span', () => {
    const log: (string | undefined)[] = [];
    const generator = traced('steps', () => steps(log));
    expect(generator.next('')).toEqual({ value: 1, done: false });
    expect(activeSpanId()).toBeUndefined();
    expect(generator.next('four')).toEqual({ value: 4, done: false });
    expect(takeSpans()).toHaveLength(0);
    expect(generator.next('')).toEqual({ value: 'end', done: true });
    const id = takeSpan().spanContext().spanId;
    expect(log).toEqual([id, id, 'closed']);
  });

  it('ends the span when a loop leaves early', () => {
    for (const value of traced('steps', () => steps())) {
      expect(value).toBe(1);
      break;
    }
    expect(takeSpan().status.code).toBe(SpanStatusCode.UNSET);
  });

  it('works through iterator helpers and spread', () => {
    function* numbers(): Generator<number> {
      yield* [1, 2];
    }
    expect([...traced('steps', numbers)]).toEqual([1, 2]);
    expect(takeSpans()).toHaveLength(1);
  });

  it('marks the span as failed when an error is thrown inside or into it', () => {
    const generator = traced('steps', () => steps());
    generator.next('');
    const error = new Error('from outside');
    expect(caught(() => generator.throw(error))).toBe(error);
    expect(takeSpan().status).toEqual({ code: SpanStatusCode.ERROR, message: 'from outside' });
  });

  it('runs an asynchronous generator within the span until it ends', async () => {
    const inside: (string | undefined)[] = [];
    const values = traced('pages', async function* () {
      inside.push(activeSpanId());
      await new Promise(setImmediate);
      yield 1;
      inside.push(activeSpanId());
      yield 2;
    });
    const seen: number[] = [];
    for await (const value of values) seen.push(value);
    expect(seen).toEqual([1, 2]);
    const id = takeSpan().spanContext().spanId;
    expect(inside).toEqual([id, id]);
  });

  it('ends the span of an asynchronous generator when it is left early and on an error', async () => {
    const error = new Error('page 2');
    const pages = async function* (): AsyncGenerator<number> {
      yield 1;
      throw error;
    };
    for await (const _ of traced('early', pages)) break;
    expect(takeSpan().status.code).toBe(SpanStatusCode.UNSET);
    const all = async (): Promise<void> => {
      for await (const _ of traced('failing', pages));
    };
    await expect(all()).rejects.toBe(error);
    expect(takeSpan().events).toHaveLength(1);
  });
});

describe('addAttributes and recordEvent', () => {
  it('act on the active span', () => {
    traced('work', () => {
      addAttributes({ a: 1n });
      recordEvent('retry', { attempt: 2, skipped: undefined });
      recordEvent('bare');
    });
    const span = takeSpan();
    expect(span.attributes).toEqual({ a: 1 });
    expect(span.events).toMatchObject([
      { name: 'retry', attributes: { attempt: 2 } },
      { name: 'bare' },
    ]);
  });

  it('do nothing without an active span', () => {
    addAttributes({ a: 1 });
    recordEvent('retry');
    expect(takeSpans()).toHaveLength(0);
  });

  it('never throw, whatever is passed', () => {
    const hostile = {
      get attribute(): string {
        throw new Error('hostile');
      },
    };
    traced('work', hostile, () => {
      addAttributes(hostile);
      recordEvent('event', hostile);
      // @ts-expect-error: callers without types may pass any value.
      for (const value of [null, 1, Symbol('s'), [[[]]]]) addAttributes(value);
      // @ts-expect-error: callers without types may pass any value.
      recordEvent(Symbol('s'), null);
      // @ts-expect-error: callers without types may pass any value.
      addAttributes({ object: {}, symbol: Symbol('s'), work: () => 1 });
    });
    expect(takeSpan().status.code).toBe(SpanStatusCode.UNSET);
  });
});

describe('traced without an SDK, or with one that throws', () => {
  it('runs the function when no span is recorded', async () => {
    const suppressed = trace.setSpanContext(context.active(), {
      traceId: '1'.repeat(32),
      spanId: '2'.repeat(16),
      traceFlags: 0,
    });
    const run = (): Promise<number> => traced('work', { a: 1 }, async () => 1);
    expect(await context.with(suppressed, run)).toBe(1);
    expect(takeSpans()).toHaveLength(0);
  });

  it.each([[true], [false]])(
    'runs the function when span processors throw, from the start: %p',
    async (first) => {
      hostile.active = first;
      const generator = function* (): Generator<number> {
        hostile.active = true;
        yield 1;
      };
      const work = (): number => {
        hostile.active = true;
        return 1;
      };
      try {
        expect(traced('plain', work)).toBe(1);
        hostile.active = first;
        expect(await traced('promise', async () => work())).toBe(1);
        hostile.active = first;
        expect([...traced('generator', generator)]).toEqual([1]);
        hostile.active = first;
        const failing = (): never => {
          work();
          throw 'declined';
        };
        expect(caught(() => traced('failing', failing))).toBe('declined');
      } finally {
        hostile.active = false;
      }
    },
  );

  it('accepts any name', () => {
    // @ts-expect-error: callers without types may pass any value.
    expect([traced(undefined, () => 1), traced(Symbol('s'), () => 2)]).toEqual([1, 2]);
  });
});
