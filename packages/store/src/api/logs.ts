/** Log records. */
import type { Database } from '../db/database.ts';
import { eventsNaming, mentionsOf, providersOf } from '../db/objects.ts';
import { HttpError, quote } from './errors.ts';
import {
  type Condition,
  containing,
  readLimit,
  readRange,
  readTraceId,
  where,
} from './parameters.ts';
import { linesNaming, readLogs } from './records.ts';
import type { LogRow } from './types.ts';

/** `GET /api/logs`: the newest records that match, oldest first; business events are among them. */
export function logs(db: Database, query: URLSearchParams): LogRow[] {
  const shared = readShared(query);
  const named = readNamed(db, query);
  return readLogs(db, {
    lines: both(shared, named?.lines),
    events: both(shared, named?.events),
    limit: readLimit(query, 200, 5000),
  });
}

/** Conditions on columns that lines and events have both. */
function readShared(query: URLSearchParams): Condition {
  const { fromUs, toUs } = readRange(query);
  const trace = query.get('trace_id') || undefined;
  const text = query.get('q')?.trim();
  const found = text ? containing(text) : undefined;
  return where([
    ['trace_id = ?', trace && readTraceId(trace)],
    ['at_us >= ?', fromUs],
    ['at_us < ?', toUs],
    ["(body LIKE ? ESCAPE '\\' OR attributes LIKE ? ESCAPE '\\')", found, found],
  ]);
}

/** Records that name a payment: with any provider, or such that mean that of one provider. */
function readNamed(
  db: Database,
  query: URLSearchParams,
): { readonly lines: Condition; readonly events: Condition } | undefined {
  const id = query.get('payment_id') || undefined;
  const provider = query.get('provider') || undefined;
  if (id === undefined) {
    if (provider === undefined) return undefined;
    throw new HttpError('bad_filter', `${quote('provider', provider)} without payment_id`);
  }
  if (provider === undefined) {
    const providers = providersOf(db, 'payment', id);
    const events = eventsNaming('payment', { id, providers });
    return { lines: { sql: 'payment_id = ?', values: [id] }, events: byId(events) };
  }
  const payment = mentionsOf(db, 'payment', { provider, id });
  return { lines: linesNaming(payment), events: byId(eventsNaming('payment', payment)) };
}

function byId({ sql, values }: Condition): Condition {
  return { sql: `id IN (${sql})`, values };
}

function both(shared: Condition, named: Condition | undefined): Condition {
  if (named === undefined) return shared;
  return { sql: `${shared.sql} AND ${named.sql}`, values: [...shared.values, ...named.values] };
}
