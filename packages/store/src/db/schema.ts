/** One step of the schema. `derive` says that the derived tables have to be filled again from the facts. */
interface Migration {
  readonly sql: string;
  readonly derive: boolean;
}

const FACTS = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE resources (
  id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, service TEXT NOT NULL, version TEXT NOT NULL,
  instance TEXT NOT NULL, attributes TEXT NOT NULL, last_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE events (
  id INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, at_us INTEGER NOT NULL,
  arrived_ms INTEGER NOT NULL, severity TEXT NOT NULL, body TEXT NOT NULL, resource_id INTEGER NOT NULL,
  trace_id TEXT, span_id TEXT, payment_id TEXT, commission_id TEXT, payout_id TEXT,
  amount_minor INTEGER, currency TEXT, attributes TEXT NOT NULL
) STRICT;
CREATE INDEX events_money ON events (event, currency, at_us, amount_minor) WHERE amount_minor IS NOT NULL;
CREATE INDEX events_payment ON events (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX events_commission ON events (commission_id) WHERE commission_id IS NOT NULL;
CREATE INDEX events_payout ON events (payout_id) WHERE payout_id IS NOT NULL;
CREATE INDEX events_trace ON events (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX events_time ON events (at_us);
CREATE TABLE logs (
  id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, at_us INTEGER NOT NULL, arrived_ms INTEGER NOT NULL,
  severity TEXT NOT NULL, body TEXT NOT NULL, event TEXT, resource_id INTEGER NOT NULL,
  trace_id TEXT, span_id TEXT, payment_id TEXT, attributes TEXT NOT NULL
) STRICT;
CREATE INDEX logs_trace ON logs (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX logs_payment ON logs (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX logs_time ON logs (at_us);
CREATE TABLE spans (
  id INTEGER PRIMARY KEY, trace_id TEXT NOT NULL, span_id TEXT NOT NULL, parent_id TEXT, name TEXT NOT NULL,
  kind INTEGER NOT NULL, start_us INTEGER NOT NULL, end_us INTEGER NOT NULL, arrived_ms INTEGER NOT NULL,
  status INTEGER NOT NULL, status_message TEXT NOT NULL, scope TEXT NOT NULL, resource_id INTEGER NOT NULL,
  payment_id TEXT, attributes TEXT NOT NULL, events TEXT NOT NULL, links TEXT NOT NULL, UNIQUE (trace_id, span_id)
) STRICT;
CREATE INDEX spans_payment ON spans (payment_id) WHERE payment_id IS NOT NULL;
CREATE TABLE series (
  id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, metric TEXT NOT NULL, kind TEXT NOT NULL,
  unit TEXT NOT NULL, help TEXT NOT NULL, labels TEXT NOT NULL, bounds TEXT NOT NULL, resource_id INTEGER NOT NULL,
  start_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, last_value REAL NOT NULL, total REAL NOT NULL,
  first_ms INTEGER, changed_ms INTEGER
) STRICT;
CREATE INDEX series_metric ON series (metric);
CREATE TABLE points (
  series_id INTEGER NOT NULL, at_ms INTEGER NOT NULL, arrived_ms INTEGER NOT NULL, value REAL NOT NULL,
  count INTEGER, buckets TEXT, PRIMARY KEY (series_id, at_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX points_arrived ON points (arrived_ms);
CREATE TABLE drops (
  signal TEXT NOT NULL, cause TEXT NOT NULL, service TEXT NOT NULL, count INTEGER NOT NULL,
  first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, PRIMARY KEY (signal, cause, service)
) STRICT, WITHOUT ROWID;
`;

const DERIVED = `
CREATE TABLE payments (
  id TEXT PRIMARY KEY, provider TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, amount_minor INTEGER, currency TEXT,
  method TEXT, purpose TEXT, fee_minor INTEGER, commission_minor TEXT, refunded_minor TEXT NOT NULL,
  disputed INTEGER NOT NULL, attempts INTEGER NOT NULL, at_ms INTEGER NOT NULL, took_ms INTEGER, trace_id TEXT,
  service TEXT NOT NULL, revision INTEGER NOT NULL, updated_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX payments_newest ON payments (at_ms, id);
CREATE INDEX payments_updated ON payments (updated_ms);
CREATE INDEX payments_revision ON payments (revision);
CREATE TABLE commissions (
  id TEXT PRIMARY KEY, payment_id TEXT, tier TEXT, status TEXT NOT NULL, amount_minor INTEGER, currency TEXT,
  payout_id TEXT, created_ms INTEGER NOT NULL, ended_ms INTEGER, took_ms REAL
) STRICT;
CREATE INDEX commissions_created ON commissions (created_ms);
`;

/** Ids of older versions say `_OTHER` where they mean "no provider of the list"; their owner is a service. */
const OWNERS = `
UPDATE events SET event_id = '_OTHER:' || coalesce((SELECT service FROM resources WHERE resources.id = resource_id), '')
  || substr(event_id, length('_OTHER') + 1) WHERE event_id >= '_OTHER/' AND event_id < '_OTHER0';
`;

/** Arrivals had the machine's time, whatever it was; the clock by which they age begins with the first of them. */
const AGES = `
INSERT OR REPLACE INTO meta (key, value) SELECT 'seen_ms', first_ms FROM (SELECT min(ms) AS first_ms FROM (
  SELECT value AS ms FROM meta WHERE key = 'seen_ms' UNION ALL SELECT min(arrived_ms) FROM events
  UNION ALL SELECT min(arrived_ms) FROM logs UNION ALL SELECT min(arrived_ms) FROM spans
  UNION ALL SELECT min(arrived_ms) FROM points)) WHERE first_ms IS NOT NULL;
`;

/** Rows in which something could not be read, so that each is counted once. */
const DAMAGED = `
CREATE TABLE damaged (
  signal TEXT NOT NULL, row TEXT NOT NULL, seen_ms INTEGER NOT NULL, PRIMARY KEY (signal, row)
) STRICT, WITHOUT ROWID;
`;

/** What is known of series that became part of one for many instances. */
const FORMER = `
CREATE TABLE IF NOT EXISTS former (
  digest TEXT PRIMARY KEY, series_id INTEGER NOT NULL, start_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL,
  last_value REAL NOT NULL, count INTEGER, buckets TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS former_series ON former (series_id);
CREATE INDEX IF NOT EXISTS series_resource ON series (resource_id);
CREATE TRIGGER IF NOT EXISTS series_gone AFTER DELETE ON series BEGIN DELETE FROM former WHERE series_id = old.id; END;
`;

/** The condition of events about money of a connected account. Its text is that of an index, so it is written once. */
export const OF_CONNECTED = `instr(attributes, '"account.kind":"connected"') > 0`;

/** The derived payments say whose money they are: that of the own account at the provider, or of one connected to it. */
const ACCOUNTS = `
DROP TABLE payments;
CREATE TABLE payments (
  id TEXT PRIMARY KEY, provider TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, amount_minor INTEGER, currency TEXT,
  method TEXT, purpose TEXT, fee_minor INTEGER, commission_minor TEXT, refunded_minor TEXT NOT NULL,
  disputed INTEGER NOT NULL, attempts INTEGER NOT NULL, at_ms INTEGER NOT NULL, account TEXT NOT NULL, took_ms INTEGER,
  trace_id TEXT, service TEXT NOT NULL, revision INTEGER NOT NULL, updated_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX payments_newest ON payments (at_ms, id);
CREATE INDEX payments_updated ON payments (updated_ms);
CREATE INDEX payments_revision ON payments (revision);
CREATE INDEX IF NOT EXISTS events_connected ON events (event, currency, at_us, amount_minor)
  WHERE amount_minor IS NOT NULL AND ${OF_CONNECTED};
`;

/** Step n leads to schema version n + 1. A released step is never changed, a new one is appended. */
export const MIGRATIONS: readonly Migration[] = [
  { sql: FACTS, derive: false },
  { sql: DERIVED, derive: true },
  { sql: OWNERS + AGES + DAMAGED, derive: false },
  { sql: FORMER, derive: false },
  // Refunds that a payment reports and attempts that failed late are folded as well.
  { sql: ACCOUNTS, derive: true },
];

/** Version of the schema that this store writes. */
export const SCHEMA_VERSION: number = MIGRATIONS.length;

/** Marks the file as ours: `MTRL` in ASCII. */
export const APPLICATION_ID = 0x4d54524c;
