import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type JaegerSpan, tracesById } from '../../support/jaeger.ts';
import { entriesOf } from '../../support/loki.ts';
import { queryPrometheus, type Series } from '../../support/prometheus.ts';
import type { Ledger } from './load.ts';
import { type Currency, EXPONENTS, spansOf } from './payments.ts';

/** The backends to query; a backend without an address is skipped. */
export interface Backends {
  readonly prometheus?: string;
  readonly jaeger?: string;
  readonly loki?: string;
}

/** Comparison of accepted data with the data of a backend. */
export interface Count {
  readonly accepted: number;
  readonly missing: number;
  /** Duplicates. */
  readonly twice: number;
  /** The first few that are missing. */
  readonly examples: readonly string[];
}

/** Comparison of a ledger with all backends. */
export interface Balance {
  readonly spans?: Count;
  readonly events?: Count;
  /** Minor units of the events by currency. */
  readonly amounts?: Readonly<Record<string, string>>;
  readonly samples?: Count;
  /** Minor units of the last sample of each currency's counter. */
  readonly totals?: Readonly<Record<string, number>>;
}

/** A balance, and the time until each backend had everything. */
export interface Settlement {
  readonly balance: Balance;
  readonly expected: Balance;
  readonly waitedMs: Readonly<Record<string, number>>;
}

const POLL_MS = 500;
const EXAMPLES = 3;

/** Compares until each backend has everything once, or until the time is up; returns the last comparison. */
export async function settle(
  ledger: Ledger,
  backends: Backends,
  timeoutMs = 60_000,
): Promise<Settlement> {
  const { prometheus, jaeger, loki } = backends;
  const { spans, events, amounts, samples, totals } = everythingOnce(ledger);
  const parts = [
    jaeger === undefined ? [] : [{ at: 'jaeger', ask: spansAt(jaeger, ledger), all: { spans } }],
    loki === undefined
      ? []
      : [{ at: 'loki', ask: () => eventsAt(loki, ledger), all: { events, amounts } }],
    prometheus === undefined
      ? []
      : [{ at: 'prometheus', ask: () => samplesAt(prometheus, ledger), all: { samples, totals } }],
  ].flat();
  const settled = await Promise.all(
    parts.map(async ({ at, ask, all }) => ({ at, ...(await patiently(ask, all, timeoutMs)) })),
  );
  return {
    balance: Object.assign({}, ...settled.map(({ held }) => held)),
    expected: Object.assign({}, ...parts.map(({ all }) => all)),
    waitedMs: Object.fromEntries(settled.map(({ at, waitedMs }) => [at, waitedMs])),
  };
}

/** A backend that was just started may reject queries, which only counts when the time is up. */
async function patiently(
  ask: () => Promise<Balance>,
  all: Balance,
  timeoutMs: number,
): Promise<{ readonly held: Balance; readonly waitedMs: number }> {
  const fromMs = Date.now();
  for (;;) {
    const isLast = Date.now() - fromMs > timeoutMs;
    const held = await ask().catch((failure: unknown) => {
      if (isLast) throw failure;
      return undefined;
    });
    if (held !== undefined && (isLast || isDeepStrictEqual(held, all))) {
      return { held, waitedMs: Date.now() - fromMs };
    }
    await wait(POLL_MS);
  }
}

function everythingOnce(ledger: Ledger): Required<Balance> {
  const payments = [...ledger.events.values()];
  return {
    spans: count(spanKeys(ledger), spanKeys(ledger)),
    events: count([...ledger.events.keys()], [...ledger.events.keys()]),
    amounts: sums(payments.map(({ currency, minor }) => [currency, BigInt(minor)])),
    samples: count(sampleKeys(ledger), sampleKeys(ledger)),
    totals: Object.fromEntries(ledger.totals),
  };
}

function count(keys: readonly string[], found: readonly string[]): Count {
  const held = new Set(found);
  const missing = keys.filter((key) => !held.has(key));
  return {
    accepted: keys.length,
    missing: missing.length,
    twice: found.length - held.size,
    examples: missing.slice(0, EXAMPLES),
  };
}

function sums(amounts: readonly (readonly [string, bigint])[]): Readonly<Record<string, string>> {
  const held = new Map<string, bigint>();
  for (const [currency, minor] of amounts) held.set(currency, (held.get(currency) ?? 0n) + minor);
  return Object.fromEntries([...held].sort().map(([currency, sum]) => [currency, String(sum)]));
}

function spanKeys(ledger: Ledger): string[] {
  return [...ledger.traces.values()].flatMap((payment) =>
    spansOf(payment).map(({ traceId, spanId, parentSpanId = '' }) =>
      [traceId, spanId, parentSpanId].join(' '),
    ),
  );
}

/** Complete traces are not queried again. */
function spansAt(url: string, ledger: Ledger): () => Promise<Balance> {
  const whole = new Map<string, readonly JaegerSpan[]>();
  return async () => {
    const open = [...ledger.traces.keys()].filter((id) => !whole.has(id));
    const found = await tracesById(url, open);
    for (const [id, spans] of found) if (spans.length === 3) whole.set(id, spans);
    const spans = [...new Map([...whole, ...found]).values()].flat();
    const keys = spans.map(({ traceId, spanId, parentSpanId }) =>
      [traceId, spanId, parentSpanId].join(' '),
    );
    return { spans: count(spanKeys(ledger), keys) };
  };
}

async function eventsAt(url: string, ledger: Ledger): Promise<Balance> {
  const query = `{service_name="${ledger.run}"} | moneytrail_event_id != ""`;
  const entries = await entriesOf(url, query, ledger.fromMs - 60_000, Date.now() + 60_000);
  const ids = entries.map(({ labels }) => labels['moneytrail_event_id'] ?? '');
  const distinct = new Map(entries.map(({ labels }) => [labels['moneytrail_event_id'], labels]));
  return {
    events: count([...ledger.events.keys()], ids),
    amounts: sums(
      [...distinct.values()].map((labels) => [
        labels['money_currency'] ?? '',
        BigInt(labels['money_amount_minor'] ?? '0'),
      ]),
    ),
  };
}

function sampleKeys(ledger: Ledger): string[] {
  return [...ledger.samples].flatMap(([key, series]) =>
    [...series].map(([atMs, value]) => `${key} ${atMs} ${value}`),
  );
}

async function samplesAt(url: string, ledger: Ledger): Promise<Balance> {
  const series = await queryPrometheus(url, `{job="${ledger.run}",__name__!="target_info"}[6h]`);
  const keys = series.flatMap((one) =>
    one.samples.map(({ atMs, value }) => `${keyOf(one, ledger)} ${atMs} ${value}`),
  );
  return {
    samples: count(sampleKeys(ledger), keys),
    totals: Object.fromEntries(
      [...ledger.totals.keys()].map((currency) => [currency, lastMinor(series, currency)]),
    ),
  };
}

/** Labels from the resource are not part of the load. */
function keyOf(series: Series, ledger: Ledger): string {
  const { __name__: name = '', ...labels } = series.labels;
  const known = [...ledger.samples.keys()].find((key) => {
    const [wanted, ...pairs] = key.split(' ');
    return wanted === name && pairs.every((pair) => isPairOf(labels, pair));
  });
  return known ?? `${name} ${JSON.stringify(labels)}`;
}

function isPairOf(labels: Readonly<Record<string, string>>, pair: string): boolean {
  const [label = '', value] = pair.split('=');
  return labels[label] === value;
}

function lastMinor(series: readonly Series[], currency: Currency): number {
  const samples = series
    .filter(({ labels }) => labels['money_currency'] === currency)
    .flatMap((one) => one.samples)
    .sort((one, other) => one.atMs - other.atMs);
  return Math.round((samples.at(-1)?.value ?? 0) * 10 ** EXPONENTS[currency]);
}
