/** Responses about services and the store itself: drops, health, status and the live stream. */

/** One row of `GET /api/drops`: records that are not in the store, and the reason. */
export interface DropRow {
  /** `traces`, `metrics`, `logs`, or `events` for rejected business events. */
  readonly signal: string;
  /** One of a closed set: `queue_full`, `export_failed`, `malformed`, `too_large`, `retention`, ... */
  readonly cause: string;
  /** What dropped it: the SDK of the service, or the store. */
  readonly by: 'service' | 'store';
  readonly service: string;
  readonly count: number;
  readonly first_ms: number;
  readonly last_ms: number;
}

/** Response of `GET /api/drops`. */
export interface Drops {
  /** When this store started counting. */
  readonly since_ms: number;
  readonly drops: readonly DropRow[];
}

/** One row of `GET /api/health`. */
export interface HealthRow {
  readonly service: string;
  readonly check: string;
  readonly kind: string;
  /** `unknown` when nothing has arrived for five minutes. */
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

/** Response of `GET /api/status`: the store itself. */
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
  /** Payments with a new event in the last minute, per second. */
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
