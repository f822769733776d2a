import { hexOf } from './ids.ts';
import type { Attributes, LogDraft, PointDraft, SpanDraft } from './otlp.ts';

/** A generated payment: one trace, one event, and its part of the counters. */
export interface Payment {
  readonly id: string;
  readonly traceId: string;
  readonly currency: Currency;
  readonly minor: number;
  readonly outcome: 'succeeded' | 'failed';
  readonly atMs: number;
  readonly durationMs: number;
  readonly isKept: boolean;
}

/** Currencies with none, two and three decimals. */
export const EXPONENTS = { EUR: 2, USD: 2, JPY: 0, KWD: 3 } as const;

/** A currency of the load. */
export type Currency = keyof typeof EXPONENTS;

/** Spans per trace: the request, the payment, and the database statement. */
export const SPANS_A_TRACE = 3;

/** Start values of counters: close to a billion units, where a rounding error would be visible. */
export const COUNTER_START_MINOR = 1_000_000_000_000;

const CURRENCIES = Object.keys(EXPONENTS) as Currency[];

/** The n-th payment of a run, always the same for the same run and number. */
export function paymentNumber(run: string, number: number, change: Partial<Payment> = {}): Payment {
  const outcome = change.outcome ?? (number % 20 === 19 ? 'failed' : 'succeeded');
  return {
    id: `pay-${run}-${number}`,
    traceId: hexOf(`${run} ${number}`, 32),
    currency: CURRENCIES[number % CURRENCIES.length] ?? 'EUR',
    minor: 1 + ((number * 7_919) % 999_983),
    outcome,
    atMs: Date.now(),
    durationMs: 20,
    // Like the SDK for every event of level WARN.
    isKept: outcome === 'failed',
    ...change,
  };
}

/** The resource of a run. */
export function resourceOf(run: string): Attributes {
  return { 'service.name': run, 'service.instance.id': `${run}-1`, 'service.version': '1.2.3' };
}

/** The trace of a payment, as instrumentation and `@moneytrail/tracing` write it. */
export function spansOf(payment: Payment): SpanDraft[] {
  const { traceId, durationMs } = payment;
  const startMs = payment.atMs - durationMs;
  const ids = [0, 1, 2].map((place) => hexOf(`${traceId} ${place}`, 16));
  const [request = '', process = '', statement = ''] = ids;
  const failed = payment.outcome === 'failed';
  return [
    {
      ...{ traceId, spanId: request, name: 'POST /payments', kind: 2, startMs, durationMs },
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/payments',
        'http.response.status_code': failed ? 402 : 201,
      },
    },
    {
      ...{ traceId, spanId: process, parentSpanId: request, name: 'payment.process', kind: 1 },
      ...{ startMs: startMs + 1, durationMs: durationMs - 2 },
      attributes: {
        'payment.id': payment.id,
        'payment.provider': 'stripe',
        'payment.outcome': payment.outcome,
        ...(payment.isKept ? { 'moneytrail.keep': true } : {}),
      },
      ...(failed ? { status: { code: 2, message: 'card_declined' } } : {}),
    },
    {
      ...{ traceId, spanId: statement, parentSpanId: process, name: 'INSERT payments', kind: 3 },
      ...{ startMs: startMs + 2, durationMs: durationMs - 4 },
      attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'INSERT' },
    },
  ];
}

/** The event of a payment, as `@moneytrail/metrics` writes it. */
export function eventOf(payment: Payment): LogDraft {
  const name = `moneytrail.payment.${payment.outcome}`;
  return {
    atMs: payment.atMs,
    body: name,
    eventName: name,
    severity: payment.outcome === 'failed' ? 'WARN' : 'INFO',
    traceId: payment.traceId,
    spanId: hexOf(`${payment.traceId} 1`, 16),
    attributes: {
      'event.name': name,
      'moneytrail.event.id': eventIdOf(payment),
      'payment.provider': 'stripe',
      'payment.id': payment.id,
      'money.amount_minor': payment.minor,
      'money.currency': payment.currency,
      'money.exponent': EXPONENTS[payment.currency],
      ...(payment.outcome === 'failed' ? { 'payment.failure.reason': 'card_declined' } : {}),
    },
  };
}

/** The unique id of an event. */
export function eventIdOf(payment: Payment): string {
  return `stripe/${payment.id}/payment.${payment.outcome}`;
}

/** The counters after some payments, as the SDK exports them: counts, and money in major units. */
export class Counters {
  readonly #startMs = Date.now();
  readonly #minor = new Map<Currency, number>(CURRENCIES.map((currency) => [currency, 0]));
  readonly #outcomes = new Map<string, number>();

  add(payment: Payment): void {
    const { currency, minor, outcome } = payment;
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
    if (outcome === 'succeeded') this.#minor.set(currency, this.minorOf(currency) + minor);
  }

  minorOf(currency: Currency): number {
    return this.#minor.get(currency) ?? 0;
  }

  points(atMs: number): PointDraft[] {
    const time = { startMs: this.#startMs, atMs };
    const volumes = CURRENCIES.map((currency) => ({
      ...time,
      name: 'moneytrail.payment.volume',
      unit: '{currency_unit}',
      attributes: { 'money.currency': currency, 'payment.purpose': 'other' },
      value: (COUNTER_START_MINOR + this.minorOf(currency)) / 10 ** EXPONENTS[currency],
    }));
    const outcomes = [...this.#outcomes].map(([outcome, value]) => ({
      ...time,
      name: 'moneytrail.payment.outcomes',
      unit: '{payment}',
      attributes: { 'payment.provider': 'stripe', 'payment.outcome': outcome },
      value,
    }));
    return [...volumes, ...outcomes];
  }
}
