/** Makes the tables of a new file and brings an older file up to date. */
import { PREFIX } from '../catalogue.ts';
import type { Database } from './database.ts';
import { deriveAll } from './derive.ts';
import {
  APPLICATION_ID,
  COMMISSIONS,
  DAMAGED,
  DROPS,
  EVENT_OBJECTS,
  EVENTS,
  FORMER,
  LOGS,
  META,
  PAYMENTS,
  POINTS,
  RESOURCES,
  SCHEMA_VERSION,
  SERIES,
  SPANS,
} from './schema.ts';

/**
 * Brings a file to the schema of this store, within one transaction of the caller. Tables, columns and indexes follow from their
 * descriptions; what has to be computed from older columns is a step. Derived tables are filled again from the events.
 */
export function migrate(db: Database, version: number, nowMs: number): void {
  if (version < SCHEMA_VERSION) bringUpToDate(db, version);
  db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}; PRAGMA application_id = ${APPLICATION_ID}`);
  META.insert(db, { key: 'since_ms', value: nowMs });
  if (version === 0 || version === SCHEMA_VERSION) return;
  db.continueIds();
  deriveAll(db, nowMs);
}

function bringUpToDate(db: Database, version: number): void {
  for (const table of DERIVED_TABLES) table.drop(db);
  const tables = [...FACT_TABLES, ...DERIVED_TABLES];
  for (const table of tables) table.create(db);
  for (const { to, sql } of version > 0 ? STEPS : []) if (version < to) db.exec(sql);
  for (const table of tables) table.finish(db);
  db.exec(TRIGGERS);
}

/** Tables of what arrived. */
const FACT_TABLES = [
  META,
  RESOURCES,
  EVENTS,
  EVENT_OBJECTS,
  LOGS,
  SPANS,
  SERIES,
  POINTS,
  FORMER,
  DROPS,
  DAMAGED,
] as const;

/** Tables that are derived from events; a migration fills them again. */
const DERIVED_TABLES = [PAYMENTS, COMMISSIONS] as const;

/** Rows that go with those that they belong to. */
const TRIGGERS = `
CREATE TRIGGER IF NOT EXISTS series_gone AFTER DELETE ON series BEGIN DELETE FROM former WHERE series_id = old.id; END;
CREATE TRIGGER IF NOT EXISTS events_gone AFTER DELETE ON events BEGIN DELETE FROM event_objects WHERE event_id = old.id; END;
`;

/** Event ids of older versions say `_OTHER` where the owner is a service. */
const OWNERS = `
UPDATE events SET event_id = '_OTHER:' || coalesce((SELECT service FROM resources WHERE resources.id = resource_id), '')
  || substr(event_id, length('_OTHER') + 1) WHERE event_id >= '_OTHER/' AND event_id < '_OTHER0';
`;

/** Arrivals had the time of the machine; the clock by which they age begins with the first of them. */
const AGES = `
INSERT OR REPLACE INTO meta (key, value) SELECT 'seen_ms', first_ms FROM (SELECT min(ms) AS first_ms FROM (
  SELECT value AS ms FROM meta WHERE key = 'seen_ms' UNION ALL SELECT min(arrived_ms) FROM events
  UNION ALL SELECT min(arrived_ms) FROM logs UNION ALL SELECT min(arrived_ms) FROM spans
  UNION ALL SELECT min(arrived_ms) FROM points)) WHERE first_ms IS NOT NULL;
`;

const PROVIDER = `iif(json_valid(attributes), coalesce(attributes ->> '$."payment.provider"', ''), '')`;

const HAD_COLUMNS = ['payment', 'commission', 'payout'];

/** Objects were columns of their events, and a payment had no provider. Damaged attributes lose no object that had a column. */
const OBJECTS = `
UPDATE events SET name = '${PREFIX}' || event;
${HAD_COLUMNS.map(
  (kind) => `INSERT OR IGNORE INTO event_objects (event_id, kind, provider, id)
      SELECT id, '${kind}', ${PROVIDER}, ${kind}_id FROM events WHERE ${kind}_id IS NOT NULL;`,
).join('\n')}
INSERT OR IGNORE INTO event_objects (event_id, kind, provider, id)
  SELECT events.id, substr(one.key, 1, length(one.key) - length('.id')), ${PROVIDER}, iif(one.type IN ('true', 'false'), one.type, one.value)
  FROM events, json_each(iif(json_valid(attributes), attributes, '{}')) AS one
  WHERE one.key GLOB '?*.id' AND one.key NOT GLOB '${PREFIX}*' AND one.key NOT IN (${HAD_COLUMNS.map((kind) => `'${kind}.id'`).join(', ')})
    AND one.value IS NOT NULL AND one.value <> '';
UPDATE spans SET provider = ${PROVIDER} WHERE payment_id IS NOT NULL;
UPDATE logs SET provider = ${PROVIDER} WHERE payment_id IS NOT NULL;
`;

/** What is computed on the way to a version. A step sees all columns, those of older versions too. */
const STEPS: readonly { readonly to: number; readonly sql: string }[] = [
  { to: 3, sql: OWNERS + AGES },
  { to: 6, sql: OBJECTS },
];
