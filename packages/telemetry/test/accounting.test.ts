/** Whatever the endpoint does, each recorded item is exported or dropped, and each drop has a cause. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from './support/process.ts';
import { type Behaviour, type Receiver, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/accounting.ts', import.meta.url).pathname;

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

async function accountsOf(
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

function sum(accounts: readonly Entry[], wanted: Partial<Entry>): number {
  return accounts
    .filter((entry) => (wanted.book ?? entry.book) === entry.book)
    .filter((entry) => (wanted.signal ?? entry.signal) === entry.signal)
    .filter((entry) => (wanted.cause ?? entry.cause) === entry.cause)
    .reduce((total, { value }) => total + value, 0);
}

function expectBalance(accounts: readonly Entry[], signals = ['traces', 'logs', 'metrics']): void {
  for (const signal of signals) {
    const recorded = sum(accounts, { book: 'recorded', signal });
    const exported = sum(accounts, { book: 'exported', signal });
    const dropped = sum(accounts, { book: 'dropped', signal });
    expect({ signal, exported: exported + dropped }).toEqual({ signal, exported: recorded });
    expect(recorded).toBeGreaterThan(0);
  }
}

describe('recorded equals exported plus dropped', () => {
  it('when the endpoint takes everything', async () => {
    receiver.behaviour = { status: 200 };
    const accounts = await accountsOf([1500, 700]);
    expectBalance(accounts);
    expect(sum(accounts, { book: 'exported', signal: 'traces' })).toBe(1500);
    expect(receiver.spans).toHaveLength(1500);
    expect(sum(accounts, { book: 'exported', signal: 'logs' })).toBe(700);
    expect(receiver.records).toHaveLength(700);
  });

  it.each<[string, Behaviour, string]>([
    ['refuses the data', { status: 400 }, 'rejected'],
    ['is overloaded', { status: 503 }, 'export_failed'],
    ['fails', { status: 500 }, 'export_failed'],
    ['never answers', 'hang', 'shutdown'],
  ])('when the endpoint %s', async (_, behaviour, cause) => {
    receiver.behaviour = behaviour;
    const accounts = await accountsOf([20, 10], { MONEYTRAIL_SHUTDOWN_TIMEOUT_MS: '400' });
    expectBalance(accounts);
    expect(sum(accounts, { book: 'exported' })).toBe(0);
    expect(sum(accounts, { signal: 'traces', cause })).toBeGreaterThanOrEqual(20);
    expect(sum(accounts, { signal: 'logs', cause })).toBe(10);
  });

  it('when a connection turns out to be broken', async () => {
    receiver.behaviour = 'reset once';
    const accounts = await accountsOf([20, 0]);
    expectBalance(accounts, ['traces', 'metrics']);
    // On a busy machine the process ends before the response to the retry, and the last delivery repeats it.
    expect(new Set(receiver.spans.map(({ spanId }) => spanId)).size).toBe(20);
  });

  it('when nobody listens', async () => {
    const accounts = await accountsOf([20, 10], {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    });
    expectBalance(accounts);
    expect(sum(accounts, { signal: 'traces', cause: 'export_failed' })).toBe(20);
  });

  it('when the endpoint is slower than its time', async () => {
    receiver.behaviour = 'hang';
    const accounts = await accountsOf([20, 10], { OTEL_EXPORTER_OTLP_TIMEOUT: '200' });
    expectBalance(accounts);
    expect(sum(accounts, { signal: 'traces', cause: 'timeout' })).toBe(20);
    expect(sum(accounts, { signal: 'logs', cause: 'timeout' })).toBe(10);
  });

  it('when the endpoint takes a part', async () => {
    receiver.behaviour = { status: 200, answer: { partialSuccess: { rejectedSpans: '3' } } };
    const accounts = await accountsOf([20, 10]);
    expectBalance(accounts);
    expect(sum(accounts, { signal: 'traces', cause: 'rejected' })).toBe(3);
    expect(sum(accounts, { signal: 'traces', book: 'exported' })).toBe(17);
  });

  it.each([
    [8, 0],
    [9, 1],
  ])('when %i spans meet a queue for 8', async (spans, dropped) => {
    receiver.behaviour = { status: 200 };
    const accounts = await accountsOf([spans, 1], {
      OTEL_BSP_MAX_QUEUE_SIZE: '8',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '20',
    });
    expectBalance(accounts);
    expect(sum(accounts, { signal: 'traces', cause: 'queue_full' })).toBe(dropped);
    expect(receiver.spans).toHaveLength(spans - dropped);
  });
});

it('counts what is recorded after shutdown', async () => {
  receiver.behaviour = { status: 200 };
  const accounts = await accountsOf([0, 1]);
  expect(sum(accounts, { signal: 'traces', cause: 'shutdown' })).toBe(1);
});
