/** Values that are invalid in OTLP, and records that the Collector rejects, do not affect other data. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { run } from '../../packages/telemetry/test/support/process.ts';
import { eventually } from '../support/eventually.ts';
import { searchTraces } from '../support/jaeger.ts';
import { entriesOf, type LokiEntry } from '../support/loki.ts';
import { newRun } from './support/ids.ts';
import { startTestStack, type TestStack } from './support/test-stack.ts';

const LOAD = new URL('../../packages/telemetry/test/fixtures/load.ts', import.meta.url).pathname;
const PAYMENTS = 50;

let testStack: TestStack;

beforeAll(async () => {
  testStack = await startTestStack();
});

afterAll(() => testStack?.close());

/** A request that the Collector accepted too late is sent again, so a record may arrive twice. */
function distinct(entries: readonly LokiEntry[]): LokiEntry[] {
  const byContent = new Map(
    entries.map((entry) => [`${entry.atNs} ${entry.line} ${JSON.stringify(entry.labels)}`, entry]),
  );
  return [...byContent.values()];
}

it.each([
  ['http/json', 'poisoned values', { spans: 10, records: 17 }],
  ['http/protobuf', 'poisoned values', { spans: 10, records: 17 }],
  ['http/json', 'unencodable items', { spans: 100, records: 0 }],
  ['http/json', 'large records', { spans: 200, records: 200 }],
  ['http/protobuf', 'large records', { spans: 200, records: 200 }],
])('over %s, %s: everything else arrives', async (protocol, load, wanted) => {
  const name = newRun('poison');
  const fromMs = Date.now();
  const { code, stderr } = await run(['--max-old-space-size=256', LOAD, load], {
    ...testStack.stack.env,
    OTEL_SERVICE_NAME: name,
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
  }).ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const { jaeger, loki } = testStack.stack.urls;
  const held = async (): Promise<object> => {
    const all = await entriesOf(loki, `{service_name="${name}"}`, fromMs, Date.now() + 1);
    const entries = distinct(all);
    const payments = entries.filter(({ labels }) => labels['moneytrail_event_id'] !== undefined);
    const spans = await searchTraces(jaeger, name, {}, 1000);
    return {
      payments: payments.length,
      records: entries.length - payments.length,
      spans: spans.size,
    };
  };
  const all = { payments: PAYMENTS, records: wanted.records, spans: wanted.spans };
  const isAll = (counts: object): boolean => JSON.stringify(counts) === JSON.stringify(all);
  expect(await eventually(held, isAll, 30_000)).toEqual(all);
});
