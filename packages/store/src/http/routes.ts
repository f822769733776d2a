/** The queries of the HTTP API by their paths. */
import { drops } from '../api/drops.ts';
import { HttpError, quote } from '../api/errors.ts';
import { events } from '../api/events.ts';
import { health } from '../api/health.ts';
import { logs } from '../api/logs.ts';
import { metrics } from '../api/metrics.ts';
import { money } from '../api/money.ts';
import { payments } from '../api/payments.ts';
import { labelNames, query, queryRange } from '../api/prometheus.ts';
import { status } from '../api/status.ts';
import { summary } from '../api/summary.ts';
import { trace } from '../api/traces.ts';
import { trail } from '../api/trail.ts';
import type { Database } from '../db/database.ts';
import type { DropCounter } from '../db/drops.ts';
import type { Limits } from '../db/retention.ts';
import type { StoreClock } from '../db/store-clock.ts';

/** Dependencies of the queries. */
export interface Source {
  readonly db: Database;
  readonly drops: DropCounter;
  readonly clock: StoreClock;
  readonly limits: Limits;
  readonly version: string;
}

/** Response to a query. */
export interface QueryResponse {
  readonly status: number;
  readonly body: unknown;
}

type Query = (
  source: Source,
  parameters: URLSearchParams,
  ...parts: readonly [string, string]
) => QueryResponse;

const ok = (body: unknown): QueryResponse => ({ status: 200, body });

/** Every query of the HTTP API; `*` is one part of the path. */
const QUERIES: Readonly<Record<string, Query>> = {
  '/api/money': ({ db }, parameters) => ok(money(db, parameters)),
  '/api/payments': ({ db }, parameters) => ok(payments(db, parameters)),
  '/api/payments/*': ({ db }, _, id) => ok(trail(db, id)),
  '/api/payments/*/*': ({ db }, _, provider, id) => ok(trail(db, id, provider)),
  '/api/summary': ({ db }, parameters) => ok(summary(db, parameters)),
  '/api/traces/*': ({ db }, _, id) => trace(db, id),
  '/api/events': ({ db }, parameters) => ok(events(db, parameters)),
  '/api/metrics': ({ db }) => ok(metrics(db)),
  '/api/logs': ({ db }, parameters) => ok(logs(db, parameters)),
  '/api/v1/query': ({ db }, parameters) => query(db, parameters),
  '/api/v1/query_range': ({ db }, parameters) => queryRange(db, parameters),
  '/api/v1/label/__name__/values': ({ db }) => labelNames(db),
  '/api/drops': (source) => ok(drops(source.db, source.drops)),
  '/api/health': ({ db }) => ok(health(db)),
  '/api/status': ({ db, limits, clock, version }) => ok(status(db, limits, clock, version)),
};

/** Responds to a query by its path. Throws `HttpError` for an unknown path and for bad parameters. */
export function respondToQuery(
  source: Source,
  path: string,
  parameters: URLSearchParams,
): QueryResponse {
  const [, prefix = path, rest = ''] = /^(\/api\/(?:payments|traces))\/(.+)$/.exec(path) ?? [];
  const parts = rest === '' ? [] : rest.split('/');
  const query = QUERIES[prefix + '/*'.repeat(parts.length)];
  if (!query || parts.includes('')) throw new HttpError('not_found', quote('Path', path));
  const [first = '', second = ''] = parts.map((part) => decode(part, path));
  return query(source, parameters, first, second);
}

function decode(text: string, path: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new HttpError('not_found', quote('Path', path));
  }
}
