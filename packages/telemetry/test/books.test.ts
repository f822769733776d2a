/** Whatever happens on the way out: what was recorded is exported or dropped, and each drop has its cause. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from './support/process.ts';
import { type Behaviour, type Receiver, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/books.ts', import.meta.url).pathname;

interface Entry {
  readonly book: 'recorded' | 'exported' | 'dropped';
  readonly signal: string;
  readonly cause?: string;
  readonly value: number;
}

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.spans.length = 0;
  receiver.records.length = 0;
});

afterAll(() => receiver.close());

async function booksOf(
  [spans, events]: readonly [number, number],
  env: Record<string, string> = {},
): Promise<Entry[]> {
  const program = run([FIXTURE, String(spans), String(events)], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    ...env,
  });
  const { stdout, stderr, code } = await program.ended;
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function sum(books: readonly Entry[], wanted: Partial<Entry>): number {
  return books
    .filter((entry) => (wanted.book ?? entry.book) === entry.book)
    .filter((entry) => (wanted.signal ?? entry.signal) === entry.signal)
    .filter((entry) => (wanted.cause ?? entry.cause) === entry.cause)
    .reduce((total, { value }) => total + value, 0);
}

function expectBalance(books: readonly Entry[], signals = ['traces', 'logs', 'metrics']): void {
  for (const signal of signals) {
    const recorded = sum(books, { book: 'recorded', signal });
    const exported = sum(books, { book: 'exported', signal });
    const dropped = sum(books, { book: 'dropped', signal });
    expect({ signal, exported: exported + dropped }).toEqual({ signal, exported: recorded });
    expect(recorded).toBeGreaterThan(0);
  }
}

describe('the books balance', () => {
  it('when the endpoint takes everything', async () => {
    receiver.behaviour = { status: 200 };
    const books = await booksOf([1500, 700]);
    expectBalance(books);
    expect(sum(books, { book: 'exported', signal: 'traces' })).toBe(1500);
    expect(receiver.spans).toHaveLength(1500);
    expect(sum(books, { book: 'exported', signal: 'logs' })).toBe(700);
    expect(receiver.records).toHaveLength(700);
  });

  it.each<[string, Behaviour, string]>([
    ['refuses the data', { status: 400 }, 'rejected'],
    ['is overloaded', { status: 503 }, 'export_failed'],
    ['fails', { status: 500 }, 'export_failed'],
    ['never answers', 'hang', 'shutdown'],
  ])('when the endpoint %s', async (_, behaviour, cause) => {
    receiver.behaviour = behaviour;
    const books = await booksOf([20, 10], { MONEYTRAIL_SHUTDOWN_TIMEOUT_MS: '400' });
    expectBalance(books);
    expect(sum(books, { book: 'exported' })).toBe(0);
    expect(sum(books, { signal: 'traces', cause })).toBeGreaterThanOrEqual(20);
    expect(sum(books, { signal: 'logs', cause })).toBe(10);
  });

  it('when a connection turns out to be broken', async () => {
    receiver.behaviour = 'reset once';
    const books = await booksOf([20, 0]);
    expectBalance(books, ['traces', 'metrics']);
    expect(receiver.spans).toHaveLength(20);
  });

  it('when nobody listens', async () => {
    const books = await booksOf([20, 10], { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
    expectBalance(books);
    expect(sum(books, { signal: 'traces', cause: 'export_failed' })).toBe(20);
  });

  it('when the endpoint is slower than its time', async () => {
    receiver.behaviour = 'hang';
    const books = await booksOf([20, 10], { OTEL_EXPORTER_OTLP_TIMEOUT: '200' });
    expectBalance(books);
    expect(sum(books, { signal: 'traces', cause: 'timeout' })).toBe(20);
    expect(sum(books, { signal: 'logs', cause: 'timeout' })).toBe(10);
  });

  it('when the endpoint takes a part', async () => {
    receiver.behaviour = { status: 200, answer: { partialSuccess: { rejectedSpans: '3' } } };
    const books = await booksOf([20, 10]);
    expectBalance(books);
    expect(sum(books, { signal: 'traces', cause: 'rejected' })).toBe(3);
    expect(sum(books, { signal: 'traces', book: 'exported' })).toBe(17);
  });

  it.each([
    [8, 0],
    [9, 1],
  ])('when %i spans meet a queue for 8', async (spans, dropped) => {
    receiver.behaviour = { status: 200 };
    const books = await booksOf([spans, 1], {
      OTEL_BSP_MAX_QUEUE_SIZE: '8',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '20',
    });
    expectBalance(books);
    expect(sum(books, { signal: 'traces', cause: 'queue_full' })).toBe(dropped);
    expect(receiver.spans).toHaveLength(spans - dropped);
  });
});

it('counts what comes after the end', async () => {
  receiver.behaviour = { status: 200 };
  const books = await booksOf([0, 1]);
  expect(sum(books, { signal: 'traces', cause: 'shutdown' })).toBe(1);
});
