/** Every query, variable and link of the generated boards, run against the real backends while the example is running. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Example, exampleAt } from '../support/example.ts';
import { entriesOf } from '../support/loki.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { exemplarsOf, queryPrometheus, queryPrometheusRange } from '../support/prometheus.ts';
import { field, getJson, list, text } from '../support/read-json.ts';
import type { EventBody } from '../support/webhooks.ts';
import { type BoardLink, type BoardQuery, interpolated, readBoard } from './support/grafana.ts';
import { logRequest } from './support/otlp.ts';
import { resourceOf } from './support/payments.ts';
import { Sender, targetOf } from './support/sender.ts';
import { startTestStack, type TestStack } from './support/test-stack.ts';

/** The intervals that Grafana computes for one hour in a chart of 240 points, with the data source's interval of 15 s. */
const WORKED_OUT = {
  __range: '3600s',
  __interval: '15s',
  __rate_interval: '60s',
  __auto: '15s',
};
const ALL = { ...WORKED_OUT, service: '.*', environment: '.*', currency: '.*', provider: '.*' };
/** The format of several values; a board of one service has one value. */
const CHOSEN = {
  ...WORKED_OUT,
  service: 'creator-platform',
  environment: '(test|dev)',
  currency: '(CHF|USD|EUR)',
  provider: '(stripe|adyen)',
};
const BOARDS = { money: readBoard('money'), service: readBoard('service') };
/** The board of one service has no option for all services. */
const WIDEST = { money: ALL, service: { ...ALL, service: CHOSEN.service } };
const NAMES = ['money', 'service'] as const;
/** A dispute is decided after half a minute, and a payout takes as long. */
const ARRIVE_MS = 90_000;
const LEAST_MS = 1_000;
/** Only this test pays in francs: 25.00, 25.00 and 25.00, one of them refunded. */
const FRANCS = { captured: 75, refunded: 25 };

let deadlineMs = 0;
let testStack: TestStack;
let platform: Platform;
let example: Example;

beforeAll(async () => {
  testStack = await startTestStack({ MONEYTRAIL_SPAN_METRICS_INTERVAL: '5s' });
  platform = await startPlatform({ args: ['--backend', 'otlp'], env: testStack.stack.env });
  example = exampleAt(platform.appUrl, platform.dataDir);
  deadlineMs = Date.now() + ARRIVE_MS;
  // Cases that are rare in the traffic of the driver.
  await pay('pm_card_createDispute');
  await pay('pm_card_createIssuerFraudRecord');
  await pay('pm_card_visa_chargeDeclinedInsufficientFunds');
  const payment = await pay('pm_card_visa');
  await example.post(`/payments/${payment}/refund`, { reason: 'requested_by_customer' });
  await example.deliver(eventsOfSeller());
  await leak();
});

afterAll(async () => {
  await platform?.close();
  await testStack?.close();
});

/** Data that all tests wait for. */
function leftMs(): number {
  return Math.max(deadlineMs - Date.now(), LEAST_MS);
}

async function pay(paymentMethod: string): Promise<string> {
  const checkout = { creator: 'nightkiln', referral_code: 'KESTREL', purpose: 'purchase' };
  const price = { amount_minor: 2500, currency: 'CHF', payment_method: paymentMethod };
  return (await example.post('/checkout', { ...checkout, ...price })).payment;
}

/** The example has no connected account: these are captures, refunds and payouts of one. */
function eventsOfSeller(): EventBody[] {
  const created = Math.floor(Date.now() / 1000);
  const money = { amount: 900, currency: 'chf', created };
  const charge = { ...money, id: 'ch_seller', captured: true, application_fee_amount: 90 };
  const ofCharge = { ...money, charge: 'ch_seller', status: 'succeeded' };
  const objects = [
    ['charge.succeeded', charge],
    ['refund.created', { ...ofCharge, id: 're_seller', amount: 100 }],
    ['charge.dispute.created', { ...ofCharge, id: 'dp_seller', status: 'needs_response' }],
    ['payout.paid', { ...money, id: 'po_seller' }],
  ] as const;
  const event = { object: 'event', created, livemode: false, account: 'acct_seller' };
  return objects.map(([type, object]) => ({
    ...event,
    id: `evt_${object.id}`,
    type,
    data: { object },
  }));
}

/** Lines that the example never logs: one with a secret in its body, and one with a secret in an attribute. */
async function leak(): Promise<void> {
  const secret = 'jane.doe@example.com';
  const lines = [
    { atMs: Date.now(), body: `could not write to ${secret}` },
    { atMs: Date.now(), body: 'could not write', attributes: { recipient: secret } },
  ];
  const sender = new Sender(targetOf(testStack.stack.env));
  await sender.send('logs', logRequest(resourceOf('creator-platform'), lines));
}

/** Number of series or lines with values in a response. */
async function found(query: BoardQuery, values: Readonly<Record<string, string>>): Promise<number> {
  const { prometheus, loki } = testStack.stack.urls;
  const expr = interpolated(query.expr, values);
  const window = { fromMs: Date.now() - 600_000, toMs: Date.now(), stepSeconds: 15 };
  if (query.source === 'loki') return (await askLoki(loki, expr)).length;
  const series = query.instant
    ? await queryPrometheus(prometheus, expr)
    : await queryPrometheusRange(prometheus, expr, window);
  return series.filter(({ samples }) => samples.some(({ value }) => Number.isFinite(value))).length;
}

async function askLoki(url: string, query: string): Promise<readonly unknown[]> {
  const window = {
    start: `${Date.now() - 600_000}000000`,
    end: `${Date.now()}000000`,
    step: '15s',
  };
  const body = await getJson(`${url}/loki/api/v1/query_range`, { query, ...window });
  return list(field(body, 'data'), 'result');
}

async function follow(
  { source, query }: BoardLink,
  values: Readonly<Record<string, string>>,
): Promise<number> {
  const { loki, jaeger } = testStack.stack.urls;
  if (source === 'loki')
    return (await askLoki(loki, interpolated(text(query, 'expr'), values))).length;
  const tags = text(query, 'tags').split(' ').filter(Boolean);
  const asked = Object.fromEntries(tags.map((tag) => tag.split('=')));
  const body = await getJson(`${jaeger}/api/traces`, {
    service: interpolated(text(query, 'service'), CHOSEN),
    tags: JSON.stringify(asked),
    limit: text(query, 'limit'),
  });
  return list(body, 'data').length;
}

describe.each(NAMES)('of the board %s', (name) => {
  const { queries, links, choices } = BOARDS[name];

  it.each(queries)('the query $refId of "$panel" has data', async (query) => {
    const all = await eventually(() => found(query, WIDEST[name]), Boolean, leftMs());
    expect(all).toBeGreaterThan(0);
    expect(await eventually(() => found(query, CHOSEN), Boolean, leftMs())).toBeGreaterThan(0);
  });

  it.each(links)('the link "$title" of "$panel" has results', async (link) => {
    expect(await eventually(() => follow(link, WIDEST[name]), Boolean, leftMs())).toBeGreaterThan(
      0,
    );
  });

  it.each(choices)('the variable $name has values', async ({ metric, label }) => {
    const url = `${testStack.stack.urls.prometheus}/api/v1/label/${label}/values`;
    expect(list(await getJson(url, { 'match[]': metric }), 'data')).not.toEqual([]);
  });
});

describe('the boards', () => {
  it('count a secret in the body of a line and a secret in an attribute', async () => {
    const link = BOARDS.service.links.find(({ title }) => title === 'Log lines with a secret');
    const expr = interpolated(text(link?.query, 'expr'), CHOSEN);
    const { loki } = testStack.stack.urls;
    const now = Date.now();
    const ask = () => entriesOf(loki, expr, now - 600_000, Date.now() + 1_000);
    expect(await eventually(ask, ({ length }) => length === 2, leftMs())).toHaveLength(2);
  });

  it.each([
    ['Captured', FRANCS.captured],
    ['Refunded', FRANCS.refunded],
  ])('show "%s" in francs as exactly %d', async (title, expected) => {
    const query = BOARDS.money.queries.find(({ panel }) => panel === title);
    const expr = interpolated(query?.expr ?? '', { ...ALL, currency: 'CHF' });
    const value = await eventually(
      async () =>
        (await queryPrometheus(testStack.stack.urls.prometheus, expr))[0]?.samples[0]?.value,
      (amount) => amount === expected,
      leftMs(),
    );
    expect(value).toBe(expected);
  });

  it('link from an exemplar to its trace', async () => {
    const query = BOARDS.service.queries.find(({ exemplar }) => exemplar);
    const expr = interpolated(query?.expr ?? '', CHOSEN);
    const { prometheus, jaeger } = testStack.stack.urls;
    const ask = () => exemplarsOf(prometheus, expr, Date.now() - 600_000, Date.now());
    const [exemplar] = await eventually(ask, (exemplars) => exemplars.length > 0, leftMs());
    const url = `${jaeger}/api/traces/${exemplar?.labels['trace_id']}`;
    const spans = await eventually(
      async () => list(list(await getJson(url).catch(() => ({})), 'data')[0], 'spans'),
      (found) => found.length > 0,
      leftMs(),
    );
    expect(spans.length).toBeGreaterThan(0);
  });
});
