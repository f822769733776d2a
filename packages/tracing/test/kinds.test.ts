/** Tests of the objects that database, HTTP and process clients return instead of plain promises. */
import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { traced, traceExternal, tracePayment } from '@moneytrail/tracing';
import { SpanStatusCode } from '@opentelemetry/api';
import { itOfReport } from '../../../tools/reports.ts';
import { startSpans, takeSpan, takeSpans } from './spans.ts';

beforeAll(startSpans);
beforeEach(() => void takeSpans());

/** Counts how often the work was started. */
class Work {
  started = 0;
  readonly #error: unknown;

  constructor(error?: unknown) {
    this.#error = error;
  }

  async start(): Promise<string> {
    this.started += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#error !== undefined) throw this.#error;
    return 'rows';
  }
}

type Handler = (value: unknown) => unknown;

interface Lazy extends PromiseLike<unknown> {
  catch(onError?: Handler): Promise<unknown>;
  finally(onEnd?: () => void): Promise<unknown>;
  exec?(): Promise<unknown>;
}

/** Like a Prisma promise: each method starts the work, which is done once. */
function memoized(work: Work): Lazy {
  let promise: Promise<string> | undefined;
  const start = (): Promise<string> => (promise ??= work.start());
  return {
    // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
    then: (onValue, onError) => start().then(onValue, onError),
    catch: (onError) => start().catch(onError),
    finally: (onEnd) => start().finally(onEnd),
  };
}

/** Like a query of knex or mongoose: a method other than `then` also starts the work. */
class Query implements Lazy {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  exec(): Promise<unknown> {
    return this.#work.start();
  }

  // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
  then<A = unknown, B = never>(
    onValue?: ((value: unknown) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.exec().then(onValue, onError) as Promise<A | B>;
  }

  catch(onError?: Handler): Promise<unknown> {
    return this.exec().catch(onError);
  }

  finally(onEnd?: () => void): Promise<unknown> {
    return this.exec().finally(onEnd);
  }
}

/** Like a promise of `p-lazy`: a native promise whose `then` starts the work. */
class LazyPromise extends Promise<unknown> implements Lazy {
  #work: Work | undefined;

  static of(work: Work): LazyPromise {
    const made = new LazyPromise(() => undefined);
    made.#work = work;
    return made;
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
  override then<A = unknown, B = never>(
    onValue?: ((value: unknown) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return (this.#work ?? new Work()).start().then(onValue, onError) as Promise<A | B>;
  }
}

const LAZY: [string, (work: Work) => Lazy][] = [
  ['a memoized promise', memoized],
  ['a query', (work) => new Query(work)],
  ['a lazy promise', (work) => LazyPromise.of(work)],
];

const WAYS: [string, (lazy: Lazy, seen: unknown[]) => PromiseLike<unknown>][] = [
  ['await', async (lazy) => await lazy],
  ['then', (lazy) => lazy.then((value) => value)],
  ['catch', (lazy, seen) => lazy.catch((error) => void seen.push(error))],
  ['finally', (lazy) => lazy.finally(() => undefined)],
  ['exec', (lazy) => lazy.exec?.() ?? lazy],
];

describe.each(LAZY)('%s', (_, make) => {
  it.each(WAYS)(
    'starts once, when the caller starts it, and ends the span: %s',
    async (way, start) => {
      const work = new Work();
      const given = make(work);
      const lazy = traced('work', () => given);
      await new Promise((resolve) => setImmediate(resolve));
      expect([lazy === given, work.started, takeSpans()]).toEqual([true, 0, []]);
      expect(await start(lazy, [])).toBe('rows');
      expect([way, work.started]).toEqual([way, 1]);
      expect(takeSpan().status).toEqual({ code: SpanStatusCode.UNSET });
    },
  );

  it.each(WAYS)(
    'rejects as without a span, and marks the span as failed: %s',
    async (_way, start) => {
      const error = new Error('declined');
      const work = new Work(error);
      const seen: unknown[] = [];
      const result = await start(
        traced('work', () => make(work)),
        seen,
      ).then(undefined, (caught) => void seen.push(caught));
      expect([result, seen, work.started]).toEqual([undefined, [error], 1]);
      expect(takeSpan()).toMatchObject({
        status: { code: SpanStatusCode.ERROR, message: 'declined' },
        events: [{ name: 'exception' }],
      });
    },
  );
});

it('a Prisma promise keeps the methods that transactions use and receives all arguments', async () => {
  const given: unknown[] = [];
  const made = {
    // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
    then: (...values: unknown[]) => void given.push(...values.slice(2)),
    requestTransaction: async (batch: string) => `rows of ${batch}`,
  };
  const promise = traced('work', () => made);
  promise.then(undefined, undefined, 'transaction');
  expect(given).toEqual(['transaction']);
  expect(await promise.requestTransaction('batch')).toBe('rows of batch');
  expect(takeSpans()).toHaveLength(1);
});

describe('an object keeps its own methods', () => {
  it('a child process that is emitter, promise and iterator in one', async () => {
    const work = new Work();
    const ended = work.start();
    const made = Object.assign(new EventEmitter(), {
      // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
      then: ended.then.bind(ended),
      catch: ended.catch.bind(ended),
      kill: () => true,
      async *[Symbol.asyncIterator]() {
        yield await ended;
      },
    });
    const started = traced('work', () => made);
    const lines: unknown[] = [];
    for await (const line of started) lines.push(line);
    expect([started === made, started.kill(), lines, await started]).toEqual([
      true,
      true,
      ['rows'],
      'rows',
    ]);
    expect([work.started, takeSpans().length]).toEqual([1, 1]);
  });

  it('a response that is read by one of its methods', async () => {
    const work = new Work();
    const made = Object.assign(work.start(), { json: async () => ({ a: 1 }) });
    expect(await traced('work', () => made).json()).toEqual({ a: 1 });
    await made;
    expect([work.started, takeSpans().length]).toEqual([1, 1]);
  });

  it('a Bluebird promise, whose methods do not call then', async () => {
    const inner = new Work().start();
    const made = {
      // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
      then: (onValue?: Handler, onError?: Handler) => inner.then(onValue, onError),
      isPending: () => true,
      isFulfilled: () => false,
      map: (change: Handler) => inner.then(change),
    };
    expect(await traced('work', () => made).map((rows) => `${rows}!`)).toBe('rows!');
    expect(takeSpans()).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['a stream', Readable.from(['a'])],
    [
      'an asynchronous iterable',
      {
        async *[Symbol.asyncIterator]() {
          yield 1;
        },
      },
    ],
    ['a function', Object.assign(() => 1, { extra: 2 })],
  ])('%s, whose span ends when the function returns', (_, made) => {
    for (const wrap of [
      () => traced('work', () => made),
      () => tracePayment({}, () => made),
      () => traceExternal({ address: 'api.stripe.com' }, () => made),
    ]) {
      expect(wrap()).toBe(made);
      expect(takeSpans()).toHaveLength(1);
    }
  });
});

itOfReport(
  'promise-with-methods',
  'the program of the report prints the expected lines',
  (folder) => {
    const text = readFileSync(join(folder, 'case.mjs'), 'utf8');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=@moneytrail/source', '--input-type=module', '--eval', text],
      { encoding: 'utf8', cwd: import.meta.dirname },
    );
    expect([stderr, stdout]).toEqual(['', 'ch_1,ch_2\n2\n2\n']);
  },
);
