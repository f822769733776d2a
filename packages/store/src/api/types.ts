/**
 * The JSON that the store answers and the page reads. Amounts are strings of ISO 4217 minor units, because JSON numbers
 * are not exact; times are Unix milliseconds.
 */

/** What became of a payment, as the newest of its facts says. */
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
  readonly count: number;
  /** Exact sum in minor units, as a string. */
  readonly amount_minor: string;
}

/** One row of `GET /api/payments`. */
export interface PaymentRow {
  readonly id: string;
  readonly provider: string;
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
  readonly attempts: number;
  /** When the newest fact that decides the outcome happened. */
  readonly at_ms: number;
  /** Length of the longest trace of this payment. */
  readonly took_ms?: number;
  readonly trace_id?: string;
  readonly service: string;
  /** Grows with every change of a row: the cursor of live updates. */
  readonly revision: number;
}

/** Answer of `GET /api/payments?from=&to=&outcome=&flag=refunded|disputed|slow&q=&before=&limit=`, newest first. */
export interface PaymentPage {
  readonly payments: readonly PaymentRow[];
  /** Pass it as `before` for the next page; absent at the end. */
  readonly next?: string;
}

/** Answer of `GET /api/summary?from=&to=`: what stands above the list. */
export interface Summary {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly payments: number;
  readonly currencies: readonly CurrencyTotal[];
  readonly succeeded: number;
  /** Payments that ended or stand at declined, error, blocked or canceled. */
  readonly failed: number;
  /** Share of `succeeded` in ended payments over time, for the small line; null where nothing ended. */
  readonly success_line: readonly (number | null)[];
  readonly counts: Readonly<
    Record<'all' | 'failed' | 'needs_action' | 'refunded' | 'slow' | 'disputed', number>
  >;
  readonly commissions: {
    readonly waiting: number;
    readonly oldest_ms?: number;
    readonly failed: number;
    readonly line: readonly number[];
  };
}

/** What was taken in one currency. */
export interface CurrencyTotal {
  readonly currency: string;
  readonly exponent: number;
  readonly taken_minor: string;
  readonly payments: number;
  readonly refunded: number;
  /** Minor units taken per slice of the range, oldest first; for the small line only. */
  readonly line: readonly number[];
}

/** One part of where the money of a payment went. */
export interface SplitPart {
  readonly kind: 'creator' | 'fee' | 'commission' | 'refund' | 'dispute';
  readonly tier?: string;
  readonly id?: string;
  readonly amount_minor: string;
  /** `processed`, `paid with po_1`, `pending`. */
  readonly note: string;
}

/** Answer of `GET /api/payments/ID`: one payment's trail. */
export interface PaymentTrail {
  readonly payment: PaymentRow;
  /** Creator, fee and commissions, which add up to the amount; absent when the payment has not succeeded. */
  readonly split?: { readonly parts: readonly SplitPart[]; readonly adds_up: boolean };
  /** Refunds and disputes, which come off afterwards. */
  readonly deductions: readonly SplitPart[];
  readonly events: readonly EventRow[];
  readonly logs: readonly LogRow[];
  /** Trace ids of this payment, the longest first. */
  readonly trace_ids: readonly string[];
  readonly commissions: readonly CommissionRow[];
  readonly payouts: readonly PayoutRow[];
}

/** A commission that follows from a payment. */
export interface CommissionRow {
  readonly id: string;
  readonly tier?: string;
  readonly status: string;
  readonly amount_minor?: string;
  readonly currency?: string;
  readonly exponent?: number;
  readonly took_ms?: number;
  readonly payout_id?: string;
}

/** A payout that carries a commission of the payment. */
export interface PayoutRow {
  readonly id: string;
  readonly status: string;
  readonly amount_minor?: string;
  readonly currency?: string;
  readonly exponent?: number;
  readonly at_ms: number;
}

/** One business event. */
export interface EventRow {
  readonly id: string;
  readonly event: string;
  readonly at_ms: number;
  readonly severity: string;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly amount_minor?: string;
  readonly currency?: string;
  readonly exponent?: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** One log line; `GET /api/logs?trace_id=` answers an array of them, oldest first. */
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

/** Answer of `GET /api/traces/ID`, in the shape of Jaeger's query API (times in microseconds). */
export interface JaegerAnswer {
  readonly data: readonly JaegerTrace[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  readonly errors: readonly { readonly code: number; readonly msg: string }[] | null;
}

/** One trace in Jaeger's shape. */
export interface JaegerTrace {
  readonly traceID: string;
  readonly spans: readonly JaegerSpan[];
  readonly processes: Readonly<
    Record<string, { readonly serviceName: string; readonly tags: readonly JaegerTag[] }>
  >;
  readonly warnings: readonly string[] | null;
}

/** One span in Jaeger's shape; `span.kind` is among the tags. */
export interface JaegerSpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  readonly references: readonly {
    readonly refType: 'CHILD_OF' | 'FOLLOWS_FROM';
    readonly traceID: string;
    readonly spanID: string;
  }[];
  readonly startTime: number;
  readonly duration: number;
  readonly tags: readonly JaegerTag[];
  readonly logs: readonly { readonly timestamp: number; readonly fields: readonly JaegerTag[] }[];
  readonly processID: string;
  readonly warnings: readonly string[] | null;
}

/** A tag in Jaeger's shape. */
export interface JaegerTag {
  readonly key: string;
  readonly type: 'string' | 'bool' | 'int64' | 'float64';
  readonly value: string | number | boolean;
}

/** One row of `GET /api/drops`: something that is not in the store, and why. */
export interface DropRow {
  /** `traces`, `metrics`, `logs`, or `events` for business events that were refused. */
  readonly signal: string;
  /** Closed word: `queue_full`, `export_failed`, `malformed`, `too_large`, `retention`, ... */
  readonly cause: string;
  /** Who dropped it: the service's SDK, or the store itself. */
  readonly by: 'service' | 'store';
  readonly service: string;
  readonly count: number;
  readonly first_ms: number;
  readonly last_ms: number;
}

/** Answer of `GET /api/drops`. */
export interface Drops {
  /** Since when this store has counted. */
  readonly since_ms: number;
  readonly drops: readonly DropRow[];
}

/** One row of `GET /api/health`. */
export interface HealthRow {
  readonly service: string;
  readonly check: string;
  readonly kind: string;
  readonly status: 'healthy' | 'degraded' | 'unhealthy' | 'unknown';
  readonly since_ms: number;
  readonly last_ms: number;
  /** The last ten runs, oldest first. */
  readonly runs: readonly {
    readonly at_ms: number;
    readonly status: string;
    readonly duration_ms?: number;
  }[];
}

/** Answer of `GET /api/status`: the store itself. */
export interface StoreStatus {
  readonly version: string;
  readonly schema_version: number;
  readonly since_ms: number;
  readonly size_bytes: number;
  readonly max_bytes: number;
  readonly keep_ms: number;
  /** Age of the oldest record. */
  readonly oldest_ms?: number;
  readonly services: readonly {
    readonly name: string;
    readonly version?: string;
    readonly last_ms: number;
  }[];
  /** Payments with a new fact in the last minute, per second. */
  readonly payments_per_second: number;
}

/** What `GET /api/live` (server-sent events) sends as `data:` of `event: change`, at most four times a second. */
export interface LiveChange {
  /** Highest `PaymentRow.revision` now. */
  readonly revision: number;
  /** Signals that got new data since the last message. */
  readonly signals: readonly ('traces' | 'metrics' | 'logs' | 'events')[];
  readonly payments_per_second: number;
}

/** Answer of every query that is refused, with a status of 400 and above; `code` is a word of `docs/store-api.md`. */
export interface ErrorAnswer {
  readonly error: { readonly code: string; readonly message: string };
}
