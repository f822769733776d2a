/** The embedded store as a backend of end-to-end cases. */
import { prometheusLabel } from '@moneytrail/catalogue';
import type { Backend, ReceivedEvent, Window } from './backend.ts';
import { traceOf } from './jaeger.ts';
import { queryPrometheus } from './prometheus.ts';
import { field, getJson, list, text } from './read-json.ts';

/** The limit of rows in one response of the store. */
const LIMIT = 5000;

/** The embedded store, through its HTTP API (docs/store-api.md). */
export function storeBackend(url: string): Backend {
  return {
    settledMs: 1_500,
    moneyOf: async ({ fromMs, toMs }) => {
      const rows = await rowsOf(`${url}/api/money`, { from: `${fromMs}`, to: `${toMs}` });
      return Object.fromEntries(
        rows.map((row) => [
          `${text(row, 'event')} ${text(row, 'currency')}`,
          { count: Number(text(row, 'count')), minor: BigInt(text(row, 'amount_minor')) },
        ]),
      );
    },
    eventsOf: async (window) => (await recordsIn(url, window)).filter(isEvent).map(readEvent),
    eventsOfPayment: async (payment) => list(await trailOf(url, payment), 'events').map(readEvent),
    paymentStateOf: async (payment) => readPaymentState(await trailOf(url, payment)),
    linesOf: async (traceId) =>
      (await rowsOf(`${url}/api/logs`, { trace_id: traceId, limit: `${LIMIT}` }))
        .filter((row) => !isEvent(row))
        .map((row) => `${text(row, 'severity')} ${text(row, 'body')}`),
    spansOf: (traceId) => traceOf(url, traceId),
    seriesOf: (name) => queryPrometheus(url, name),
  };
}

/** The trail of an unknown payment is the error, which has no events. */
async function trailOf(url: string, payment: string): Promise<unknown> {
  const response = await fetch(`${url}/api/payments/${payment}`);
  const body: unknown = await response.json();
  if (response.ok || text(field(body, 'error'), 'code') === 'payment_not_found') return body;
  throw new Error(`the store responded with ${response.status}: ${JSON.stringify(body)}`);
}

/** The response contains the newest rows, so a full response is split into two requests. */
async function recordsIn(url: string, { fromMs, toMs }: Window): Promise<unknown[]> {
  const query = { from: `${fromMs}`, to: `${toMs}`, limit: `${LIMIT}` };
  const rows = await rowsOf(`${url}/api/logs`, query);
  if (rows.length < LIMIT) return rows;
  const middleMs = Math.floor((fromMs + toMs) / 2);
  const earlier = await recordsIn(url, { fromMs, toMs: middleMs });
  return [...earlier, ...(await recordsIn(url, { fromMs: middleMs, toMs }))];
}

async function rowsOf(url: string, query: Readonly<Record<string, string>>): Promise<unknown[]> {
  const rows = await getJson(url, query);
  return Array.isArray(rows) ? rows : [];
}

function isEvent(row: unknown): boolean {
  return text(row, 'event') !== '';
}

function readEvent(row: unknown): ReceivedEvent {
  const attributes = Object.entries(Object(field(row, 'attributes')));
  return {
    event: text(row, 'event').replace(/^moneytrail\./, ''),
    traceId: text(row, 'trace_id'),
    attributes: Object.fromEntries(
      attributes.map(([name, value]) => [prometheusLabel(name), String(value)]),
    ),
  };
}

function readPaymentState(trail: unknown): string[] {
  const payment = field(trail, 'payment');
  const tiers = list(trail, 'commissions').map(
    (commission) => `${text(commission, 'tier')} ${text(commission, 'status')}`,
  );
  const [outcome, reason] = [text(payment, 'outcome'), text(payment, 'reason')];
  return [outcome, ...(reason === '' ? [] : [reason]), ...tiers.sort()];
}
