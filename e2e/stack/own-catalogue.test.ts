/** Events and counters of a service's own catalogue in Prometheus and Loki, through the Collector. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../dev/process/free-port.ts';
import { type Program, run } from '../../packages/telemetry/test/support/process.ts';
import { eventually } from '../support/eventually.ts';
import { entriesOf } from '../support/loki.ts';
import { queryPrometheus } from '../support/prometheus.ts';
import { startTestStack, type TestStack } from './support/test-stack.ts';

const EXAMPLE = new URL('../../examples/own-catalogue/service.ts', import.meta.url).pathname;
const ARRIVE_MS = 60_000;

const fromMs = Date.now() - 60_000;
let testStack: TestStack;
let service: Program;

beforeAll(async () => {
  testStack = await startTestStack();
  const { env } = testStack.stack;
  service = run(
    [
      EXAMPLE,
      '--endpoint',
      env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '',
      '--metrics-port',
      String(await freePort()),
    ],
    { ...env, OTEL_METRIC_EXPORT_INTERVAL: '1000' },
  );
  await service.seen(/recorded/);
});

afterAll(async () => {
  service.kill('SIGTERM');
  await service.ended;
  await testStack.close();
});

it.each([
  ['shop_order_shipments_total', { order_carrier: 'bike' }, 1],
  ['shop_order_shipments_total', { order_carrier: 'post' }, 0],
  ['shop_boosts_total', { boost_kind: 'week' }, 1],
  ['moneytrail_business_events_total', { event_name: 'shop.boost.bought' }, 1],
])('Prometheus has %s %p = %i', async (name, labels, value) => {
  const [[label, wanted] = ['', '']] = Object.entries(labels);
  const query = `${name}{${label}="${wanted}"}`;
  const valuesNow = async (): Promise<(number | undefined)[]> =>
    (await queryPrometheus(testStack.stack.urls.prometheus, query)).map(
      ({ samples }) => samples[0]?.value,
    );
  // Every series starts at zero.
  const values = await eventually(valuesNow, ([first]) => first === value, ARRIVE_MS);
  expect(values).toEqual([value]);
});

it('Loki has the event with its identity and its amounts', async () => {
  const query = '{event_name="shop.order.shipped"}';
  const entries = await eventually(
    () => entriesOf(testStack.stack.urls.loki, query, fromMs, Date.now()),
    (found) => found.length > 0,
    ARRIVE_MS,
  );
  expect(entries).toMatchObject([
    {
      line: 'shop.order.shipped 0.49 EUR',
      labels: {
        order_id: 'o1',
        order_carrier: 'bike',
        money_amount_minor: '49',
        tax_amount_minor: '7',
        money_currency: 'EUR',
      },
    },
  ]);
});
