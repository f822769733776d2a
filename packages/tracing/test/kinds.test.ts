/** What clients of databases, of addresses and of programs return instead of a plain promise. */
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

/** Counts how often a piece of work was begun. */
class Work {
  begun = 0;
  readonly #error: unknown;

  constructor(error?: unknown) {
    this.#error = error;
  }

  async begin(): Promise<string> {
    this.begun += 1;
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

/** As Prisma's: each method begins the work, which is done once. */
function remembering(work: Work): Lazy {
  let promise: Promise<string> | undefined;
  const begin = (): Promise<string> => (promise ??= work.begin());
  return {
    // biome-ignore lint/suspicious/noThenProperty: that is the kind.
    then: (onValue, onError) => begin().then(onValue, onError),
    catch: (onError) => begin().catch(onError),
    finally: (onEnd) => begin().finally(onEnd),
  };
}

/** As those of knex and mongoose: a method that is not `then` begins the work, too. */
class Query implements Lazy {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  exec(): Promise<unknown> {
    return this.#work.begin();
  }

  // biome-ignore lint/suspicious/noThenProperty: that is the kind.
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

/** As `p-lazy`'s: a promise of the language whose `then` begins the work. */
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

  // biome-ignore lint/suspicious/noThenProperty: that is the kind.
  override then<A = unknown, B = never>(
    onValue?: ((value: unknown) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return (this.#work ?? new Work()).begin().then(onValue, onError) as Promise<A | B>;
  }
}

const LAZY: [string, (work: Work) => Lazy][] = [
  ['a promise that remembers', remembering],
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
    'begins once, when its caller begins it, and its span ends then: %s',
    async (way, begin) => {
      const work = new Work();
      const given = make(work);
      const lazy = traced('work', () => given);
      await new Promise((resolve) => setImmediate(resolve));
      expect([lazy === given, work.begun, takeSpans()]).toEqual([true, 0, []]);
      expect(await begin(lazy, [])).toBe('rows');
      expect([way, work.begun]).toEqual([way, 1]);
      expect(takeSpan().status).toEqual({ code: SpanStatusCode.UNSET });
    },
  );

  it.each(WAYS)('fails as it would alone, and its span with it: %s', async (_way, begin) => {
    const error = new Error('refused');
    const work = new Work(error);
    const seen: unknown[] = [];
    const result = await begin(
      traced('work', () => make(work)),
      seen,
    ).then(undefined, (caught) => void seen.push(caught));
    expect([result, seen, work.begun]).toEqual([undefined, [error], 1]);
    expect(takeSpan()).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: 'refused' },
      events: [{ name: 'exception' }],
    });
  });
});

it('a promise of Prisma stays what a transaction takes, and gets all that it was given', async () => {
  const given: unknown[] = [];
  const made = {
    // biome-ignore lint/suspicious/noThenProperty: that is the kind.
    then: (...values: unknown[]) => void given.push(...values.slice(2)),
    requestTransaction: async (batch: string) => `rows of ${batch}`,
  };
  const promise = traced('work', () => made);
  promise.then(undefined, undefined, 'transaction');
  expect(given).toEqual(['transaction']);
  expect(await promise.requestTransaction('batch')).toBe('rows of batch');
  expect(takeSpans()).toHaveLength(1);
});

describe('an object with methods of its own keeps them', () => {
  it('as a program that was started: emitter, promise and iterator in one', async () => {
    const work = new Work();
    const ended = work.begin();
    const made = Object.assign(new EventEmitter(), {
      // biome-ignore lint/suspicious/noThenProperty: that is the kind.
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
    expect([work.begun, takeSpans().length]).toEqual([1, 1]);
  });

  it('as an answer that is read by one of them', async () => {
    const work = new Work();
    const made = Object.assign(work.begin(), { json: async () => ({ a: 1 }) });
    expect(await traced('work', () => made).json()).toEqual({ a: 1 });
    await made;
    expect([work.begun, takeSpans().length]).toEqual([1, 1]);
  });

  it('as a promise of Bluebird, whose methods go past then', async () => {
    const inner = new Work().begin();
    const made = {
      // biome-ignore lint/suspicious/noThenProperty: that is the kind.
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
      'a list that is read step by step',
      {
        async *[Symbol.asyncIterator]() {
          yield 1;
        },
      },
    ],
    ['a function', Object.assign(() => 1, { extra: 2 })],
  ])('as %s, whose span ends with its return', (_, made) => {
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

itOfReport('promise-with-methods', 'the program of the report prints what is right', (folder) => {
  const text = readFileSync(join(folder, 'case.mjs'), 'utf8');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@moneytrail/source', '--input-type=module', '--eval', text],
    { encoding: 'utf8', cwd: import.meta.dirname },
  );
  expect([stderr, stdout]).toEqual(['', 'ch_1,ch_2\n2\n2\n']);
});
