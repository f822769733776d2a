/** Events of money arrive whatever else is recorded, and one bad item takes no other with it. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Ended, run } from './support/process.ts';
import { attributeOf, type Receiver, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/load.ts', import.meta.url).pathname;

let receiver: Receiver;

/** One for each test: what a process has sent in its last moment may be read after its end. */
beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(() => receiver.close());

async function record(
  load: string,
  env: Record<string, string> = {},
  ...more: readonly string[]
): Promise<Ended> {
  const options = ['--max-old-space-size=256', FIXTURE, load, ...more];
  const ended = await run(options, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env }).ended;
  expect({ code: ended.code, stderr: ended.stderr }).toMatchObject({ code: 0 });
  return ended;
}

function payments(): number {
  const ids = receiver.records.map((one) => attributeOf(one, 'moneytrail.event.id'));
  return new Set(ids.filter((id) => id?.includes('/pi_'))).size;
}

jest.setTimeout(30_000);

describe('events of money', () => {
  it('arrive behind more log lines than their queue holds', async () => {
    await record('lines, then payments');
    expect(payments()).toBe(100);
  });

  it('arrive from a burst of 20 000 at an endpoint that takes 100 ms for each request', async () => {
    receiver.behaviour = { status: 200, delayMs: 100 };
    await record('a burst of payments', {}, 'flush');
    expect(payments()).toBe(20_000);
  });
});

describe.each(['http/json', 'http/protobuf'])('over %s', (protocol) => {
  it('poisoned values are replaced, and every record arrives', async () => {
    await record('poisoned values', { OTEL_EXPORTER_OTLP_PROTOCOL: protocol });
    expect(receiver.unreadable).toEqual([]);
    if (protocol === 'http/protobuf') return;
    const names = receiver.spans.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('poisoned'))).toHaveLength(9);
    expect(names).toContain('well');
    const events = receiver.records.map(({ eventName }) => eventName);
    expect(events.filter((name) => name?.startsWith('poisoned'))).toHaveLength(17);
    expect(payments()).toBe(50);
  });
});

it('an item that cannot be encoded is dropped alone', async () => {
  const { stderr } = await record('unencodable items');
  expect(receiver.spans).toHaveLength(100);
  expect(payments()).toBe(50);
  expect(stderr).toMatch(/1 items of traces were dropped \(invalid\)/);
  expect(stderr).toMatch(/1 items of logs were dropped \(invalid\)/);
});

it.each([
  [400, 'rejected'],
  [413, 'too_large'],
  [422, 'rejected'],
])('items that the endpoint refuses with %i are dropped alone', async (status, cause) => {
  receiver.behaviour = { status: 200, refuses: { pattern: /"refused"/, status } };
  const { stderr } = await record('refused items');
  expect(receiver.spans.map(({ name }) => name)).toEqual(Array(97).fill('well'));
  expect(payments()).toBe(50);
  expect(stderr).toMatch(new RegExp(`1 items of traces were dropped \\(${cause}\\)`));
});

it('an endpoint that refuses everything is not asked about each item', async () => {
  receiver.behaviour = { status: 400 };
  receiver.requests = 0;
  await record('a burst of payments');
  expect(receiver.requests).toBeLessThan(500);
});

it.each(['well', 'away'])(
  'values of a megabyte are cut while the endpoint is %s, and memory stays bounded',
  async (state) => {
    const away = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
    await record('large records', state === 'away' ? away : {});
    if (state === 'away') return;
    expect(payments()).toBe(50);
    expect(receiver.largestRequest).toBeLessThan(4_194_304);
    const [large] = receiver.spans;
    expect(large && attributeOf(large, 'large')).toHaveLength(16_384);
  },
);
