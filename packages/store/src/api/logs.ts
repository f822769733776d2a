import type { Database } from '../db/database.ts';
import { containing, readLimit, readRange, readTraceId, where } from './parameters.ts';
import { readLogs } from './records.ts';
import type { LogRow } from './types.ts';

/** `GET /api/logs`: the newest lines that match, oldest first; business events are among them. */
export function logs(db: Database, query: URLSearchParams): LogRow[] {
  const { fromUs, toUs } = readRange(query);
  const trace = query.get('trace_id') || undefined;
  const text = query.get('q')?.trim();
  const found = text ? containing(text) : undefined;
  const filter = where([
    ['trace_id = ?', trace && readTraceId(trace)],
    ['payment_id = ?', query.get('payment_id') || undefined],
    ['at_us >= ?', fromUs],
    ['at_us < ?', toUs],
    ["(body LIKE ? ESCAPE '\\' OR attributes LIKE ? ESCAPE '\\')", found, found],
  ]);
  return readLogs(db, { ...filter, withEvents: true, limit: readLimit(query, 200, 5000) });
}
