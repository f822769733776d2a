/** The UI in Chromium: one payment, from the list to its trail. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHECKOUT } from './cases/checkout.ts';
import { type Platform, startPlatform } from './support/platform.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const PATIENCE_MS = 20_000;

let platform: Platform;
let browser: Browser;
let page: Page;
let payment: string;

beforeAll(async () => {
  if (!existsSync(CHROMIUM))
    throw new Error(`${CHROMIUM} is not there: install it, or set CHROMIUM`);
  platform = await startPlatform({ args: ['--no-traffic'] });
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  payment = await pay();
});

afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

/** A card payment with commissions for two tiers. */
async function pay(): Promise<string> {
  const response = await fetch(`${platform.appUrl}/checkout`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(CHECKOUT),
  });
  const paid = Object(await response.json());
  expect({ httpStatus: response.status, ...paid }).toMatchObject({
    httpStatus: 201,
    status: 'succeeded',
    creator_receives: '93.60',
  });
  return String(paid.payment);
}

/** The texts of the list items in a region, once one of them contains `text`. */
async function itemsOf(region: string, text: string): Promise<string[]> {
  const items = page.getByRole('region', { name: region, exact: true }).getByRole('listitem');
  await items.filter({ hasText: text }).first().waitFor();
  return items.allInnerTexts();
}

function expectAll(texts: readonly string[], patterns: readonly RegExp[]): void {
  const missing = patterns.filter((pattern) => !texts.some((text) => pattern.test(text)));
  expect({ missing, texts }).toEqual({ missing: [], texts });
}

describe('the UI', () => {
  it('lists the payment with its amount and outcome', async () => {
    await page.goto(platform.storeUrl);
    const row = page.getByRole('row').filter({ has: page.getByTitle(payment) });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/Succeeded[\s\S]*120\.00[\s\S]*EUR/i);
  });

  it('links from the row to the trail, which shows where every minor unit went', async () => {
    await page.getByTitle(payment).click();
    const parts = await itemsOf('Where the money went', 'Tier 2');
    expectAll(parts, [
      /Creator[\s\S]*93\.60/,
      /fee[\s\S]*18\.00/i,
      /tier 1[\s\S]*6\.00/i,
      /tier 2[\s\S]*2\.40/i,
    ]);
    expect(page.url()).toContain(`/payments/stripe/${payment}`);
  });

  it('shows the trace: server, payment, database, Stripe and the commissions of both tiers', async () => {
    const spans = await itemsOf('Trail', 'commission.process');
    expectAll(spans, [/POST \/checkout/, /payment\.process/, /INSERT/, /^POST/]);
    expect(spans.filter((text) => text.includes('commission.process'))).toHaveLength(2);
  });

  it('shows the log lines of the trace and the events of the payment in one list', async () => {
    const lines = await itemsOf('Log lines and events', 'commission.processed');
    expectAll(lines, [
      /payment\.created/,
      /payment\.succeeded/,
      /commission\.processed[\s\S]*tier 1/,
      /commission\.processed[\s\S]*tier 2/,
      /info[\s\S]*payment succeeded/,
    ]);
  });

  it('gives the trace an address that can be shared', async () => {
    const trail = page.getByRole('region', { name: 'Trail', exact: true });
    await trail.getByRole('link').filter({ hasText: 'payment.process' }).first().click();
    await page.waitForURL(/[?&]trace=[0-9a-f]{32}/);
    const trace = new URL(page.url()).searchParams.get('trace');
    expect(trace).toMatch(/^[0-9a-f]{32}$/);
    await page.reload();
    await trail.getByRole('link').filter({ hasText: 'payment.process' }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('trace')).toBe(trace);
  });

  it('lists the events of the services, including those outside of our catalogue', async () => {
    await sendOwn();
    await page.goto(`${platform.storeUrl}/events`);
    const events = page.getByRole('list', { name: 'Events', exact: true }).getByRole('listitem');
    await events.filter({ hasText: 'commission.processed' }).first().waitFor();
    const own = events.filter({ hasText: 'acme.order.shipped' });
    expect(await own.textContent()).toMatch(/12\.50 USD/);
    await own.getByText('acme.order.shipped').first().click();
    expect(await own.textContent()).toMatch(/acme\.carrier.*ups/);
    await own.getByRole('link', { name: 'All acme.order.shipped' }).click();
    await events.filter({ hasText: 'commission.processed' }).first().waitFor({ state: 'detached' });
    expect(await events.count()).toBe(1);
  });

  it('draws metrics outside of our catalogue, with their description', async () => {
    await page.goto(`${platform.storeUrl}/metrics`);
    const panel = page.getByRole('region', { name: 'acme' }).getByRole('article');
    await panel.getByText('Orders that were shipped.').waitFor();
    expect(await panel.textContent()).toMatch(/acme\.orders/);
  });

  it('lists a payment of another provider with the same id separately, with its own trail', async () => {
    await page.goto(`${platform.storeUrl}/payments`);
    const rows = page.getByRole('row').filter({ has: page.getByTitle(payment) });
    await rows.nth(1).waitFor();
    await page.getByTitle(`braintree ${payment}`).click();
    await page.getByRole('heading', { name: /12\.50/ }).waitFor();
    expect(page.url()).toContain(`/payments/braintree/${payment}`);
  });
});

/** The telemetry of a service with its own catalogue: an event and a counter. Its payment has the same id as the one at Stripe. */
async function sendOwn(): Promise<void> {
  const nowNs = `${Date.now()}000000`;
  const attributes = (given: Readonly<Record<string, string>>): unknown[] =>
    Object.entries(given).map(([key, stringValue]) => ({ key, value: { stringValue } }));
  const resource = { attributes: attributes({ 'service.name': 'orders' }) };
  const money = [
    { key: 'money.amount_minor', value: { intValue: '1250' } },
    ...attributes({ 'money.currency': 'USD', 'payment.provider': 'braintree' }),
  ];
  const record = (name: string, given: Readonly<Record<string, string>>): unknown => ({
    timeUnixNano: nowNs,
    eventName: name,
    attributes: [...money, ...attributes({ 'moneytrail.event.id': `own/1/${name}`, ...given })],
  });
  const logRecords = [
    record('acme.order.shipped', { 'acme.order.id': '7', 'acme.carrier': 'ups' }),
    record('moneytrail.payment.succeeded', { 'payment.id': payment }),
  ];
  const dataPoints = [{ timeUnixNano: nowNs, startTimeUnixNano: nowNs, asInt: '3' }];
  const orders = {
    name: 'acme.orders',
    unit: '{order}',
    description: 'Orders that were shipped.',
    sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints },
  };
  await sendOtlp('logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] });
  const scopeMetrics = [{ metrics: [orders] }];
  await sendOtlp('metrics', { resourceMetrics: [{ resource, scopeMetrics }] });
}

async function sendOtlp(signal: string, request: unknown): Promise<void> {
  const response = await fetch(`${platform.storeUrl}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  expect([response.status, await response.json()]).toEqual([200, {}]);
}
