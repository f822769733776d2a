/**
 * The JSON of the HTTP API, which the UI reads. Amounts are strings of ISO 4217 minor units, because JSON numbers
 * are not exact; times are Unix milliseconds.
 */

export type {
  JaegerResponse,
  JaegerSpan,
  JaegerTag,
  JaegerTrace,
} from './jaeger-types.ts';
export type { DropRow, Drops, HealthRow, LiveChange, StoreStatus } from './service-types.ts';

/** Outcome of a payment, resolved from its events. */
export type PaymentOutcome =
  | 'succeeded'
  | 'declined'
  | 'error'
  | 'canceled'
  | 'blocked'
  | 'needs_action'
  | 'pending';

/** One row of `GET /api/money`: the sum of one event in one currency. */
export interface MoneyRow {
  /** Event name of the catalogue without prefix, `payment.succeeded`. */
  readonly event: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Present for money of connected accounts. */
  readonly account?: 'connected';
  readonly count: number;
  /** Exact sum in minor units, as a string. */
  readonly amount_minor: string;
}

/** One row of `GET /api/payments`. Provider and id together identify a payment. */
export interface PaymentRow {
  /** `_OTHER` when no event contains it. */
  readonly provider: string;
  readonly id: string;
  readonly outcome: PaymentOutcome;
  /** Normalised reason of a failure, `insufficient_funds`. */
  readonly reason?: string;
  readonly amount_minor?: string;
  readonly currency?: string;
  /** Decimals of the currency. */
  readonly exponent?: number;
  readonly method?: string;
  readonly purpose?: string;
  /** The platform's fee in minor units of `currency`. */
  readonly fee_minor?: string;
  /** Sum of the commissions of this payment, per currency of the payment. */
  readonly commission_minor?: string;
  readonly refunded_minor: string;
  readonly disputed: boolean;
  /** Present where events report final states that contradict each other, such as canceled and succeeded; `outcome` is the one that takes precedence. */
  readonly contradictory?: true;
  readonly attempts: number;
  /** Time of the latest event that determines the outcome. */
  readonly at_ms: number;
  /** Duration of the longest trace in which the payment itself was processed. */
  readonly took_ms?: number;
  readonly trace_id?: string;
  /** Present for money of a connected account. */
  readonly account?: 'connected';
  readonly service: string;
  /** Grows with every change of a row: the cursor of live updates. */
  readonly revision: number;
}

/**
 * Response of `GET /api/payments?from=&to=&outcome=&flag=refunded|disputed|slow|contradictory&q=&before=&limit=`, newest first. `outcome`
 * is a `PaymentOutcome`, or `failed` for declined, error, blocked and canceled together; slow is longer than 2 s.
 */
export interface PaymentPage {
  readonly payments: readonly PaymentRow[];
  /** Pass it as `before` for the next page; absent at the end. */
  readonly next?: string;
}

/** Response of `GET /api/summary?from=&to=`: the totals above the list. */
export interface Summary {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly payments: number;
  readonly currencies: readonly CurrencyTotal[];
  readonly succeeded: number;
  /** Payments whose outcome is declined, error, blocked or canceled. */
  readonly failed: number;
  /** Share of `succeeded` in completed payments over time, for the sparkline; null without completed payments. */
  readonly success_line: readonly (number | null)[];
  readonly counts: Readonly<
    Record<
      'all' | 'failed' | 'needs_action' | 'refunded' | 'slow' | 'disputed' | 'contradictory',
      number
    >
  >;
  readonly commissions: {
    readonly waiting: number;
    /** Age of the oldest pending commission. */
    readonly oldest_ms?: number;
    readonly failed: number;
    /** Number of pending commissions at the end of each slice. */
    readonly line: readonly number[];
  };
}

/** Captured money in one currency. */
export interface CurrencyTotal {
  readonly currency: string;
  /** Present for money of connected accounts, which is never added to the platform's own money. */
  readonly account?: 'connected';
  readonly exponent: number;
  readonly taken_minor: string;
  readonly payments: number;
  readonly refunded: number;
  /** Minor units captured per slice of the range, oldest first; for the sparkline only. */
  readonly line: readonly number[];
}

/** One part of the split of a payment. */
export interface SplitPart {
  readonly kind: 'creator' | 'fee' | 'commission' | 'refund' | 'dispute';
  readonly tier?: string;
  readonly id?: string;
  readonly amount_minor: string;
  /** `processed`, `paid with po_1`, `pending`. */
  readonly note: string;
}

/** Response of `GET /api/payments/PROVIDER/ID`: one payment's trail. */
export interface PaymentTrail {
  readonly payment: PaymentRow;
  /** Creator, fee and commissions, which add up to the amount; absent before the payment succeeds. */
  readonly split?: { readonly parts: readonly SplitPart[]; readonly adds_up: boolean };
  /** Refunds and disputes, which are deducted later. */
  readonly deductions: readonly SplitPart[];
  readonly events: readonly EventRow[];
  /** Plain log lines: those that name the payment and those of its own traces; its events are in `events` alone. */
  readonly logs: readonly LogRow[];
  /** Trace ids: those of the payment itself, the longest first, then those of what followed from it. */
  readonly trace_ids: readonly string[];
  readonly commissions: readonly CommissionRow[];
  readonly payouts: readonly PayoutRow[];
}

/** A commission that follows from a payment. */
export interface CommissionRow {
  /** `_OTHER` when no event contains it. */
  readonly provider: string;
  readonly id: string;
  readonly tier?: string;
  readonly status: string;
  readonly amount_minor?: string;
  readonly currency?: string;
  readonly exponent?: number;
  readonly took_ms?: number;
  readonly payout_id?: string;
}

/** A payout that contains a commission of the payment. */
export interface PayoutRow {
  /** `_OTHER` when no event contains it. */
  readonly provider: string;
  readonly id: string;
  readonly status: string;
  readonly amount_minor?: string;
  readonly currency?: string;
  readonly exponent?: number;
  readonly at_ms: number;
}

/** Response of `GET /api/events?name=&from=&to=&before=&limit=`, newest first. */
export interface EventPage {
  readonly events: readonly EventRow[];
  /** Pass it as `before` for the next page; absent at the end. */
  readonly next?: string;
}

/** One business event. */
export interface EventRow {
  readonly id: string;
  /** Name of OTLP, `moneytrail.payment.succeeded`. */
  readonly name: string;
  /** The same without our prefix; names of other events are unchanged. */
  readonly event: string;
  /** With microseconds as decimals, so that events are in their order. */
  readonly at_ms: number;
  readonly severity: string;
  readonly body: string;
  readonly service: string;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly amount_minor?: string;
  readonly currency?: string;
  readonly exponent?: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * One log record; `GET /api/logs?trace_id=&payment_id=&provider=&from=&to=&q=&limit=` returns the newest that match, oldest first.
 * Business events are log records too, so they are among them; they have an `event`.
 */
export interface LogRow {
  readonly id: number;
  readonly at_ms: number;
  readonly severity: string;
  readonly body: string;
  readonly service: string;
  readonly event?: string;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** One row of `GET /api/metrics`. */
export interface MetricRow {
  /** Name of OTLP, `moneytrail.payment.attempts`. */
  readonly name: string;
  /** Name of Prometheus without the suffixes of a histogram, `moneytrail_payment_attempts_total`. */
  readonly metric: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** UCUM unit; empty when the sender did not set one. */
  readonly unit: string;
  /** Empty when the sender did not set one. */
  readonly description: string;
  /** Names of the labels that its series have, in Prometheus's form, sorted; `job` and `instance` among them. */
  readonly labels: readonly string[];
  /** Time of the newest point. */
  readonly last_ms: number;
}

/** Response to a rejected query, with a status of 400 or above; `docs/store-api.md` lists the codes. */
export interface ErrorResponse {
  readonly error: { readonly code: string; readonly message: string };
}
