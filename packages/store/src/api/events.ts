/** The list of business events. */
import { PREFIX } from '../catalogue.ts';
import type { Database } from '../db/database.ts';
import { readCursor, readLimit, readRange, toCursor, where } from './parameters.ts';
import { findEvents, toEvent } from './records.ts';
import type { EventPage } from './types.ts';

/** `GET /api/events`: newest first, a page at a time, whether or not a catalogue describes them. */
export function events(db: Database, query: URLSearchParams): EventPage {
  const limit = readLimit(query, 100, 1000);
  const { fromUs, toUs } = readRange(query);
  const [beforeUs, beforeId] = readCursor(query, 1);
  const name = query.get('name') || undefined;
  const filter = where([
    ['name IN (?, ?)', name, name && PREFIX + name],
    ['at_us >= ?', fromUs],
    ['at_us < ?', toUs],
    ['(at_us, event_id) < (?, ?)', beforeUs, beforeId],
  ]);
  const rows = findEvents(db, filter, `ORDER BY at_us DESC, event_id DESC LIMIT ${limit + 1}`);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: shown.map((row) => toEvent(db, row)),
    ...(last && rows.length > limit && { next: toCursor(last.at_us, [last.event_id]) }),
  };
}
