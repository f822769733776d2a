/** Database files of older schema versions: their tables, and rows of one payment. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Creates the file of a schema version in a folder, with rows. */
export function writeOldFile(dataDir: string, version: number, rows: string = ROWS): void {
  const file = new DatabaseSync(join(dataDir, 'moneytrail.db'));
  file.exec(STEPS.slice(0, version).join(''));
  file.exec(`PRAGMA user_version = ${version}; PRAGMA application_id = 1297371724;`);
  file.exec(rows);
  // The clock of the store has the time of their arrival.
  if (version >= 3) file.exec("INSERT INTO meta VALUES ('seen_ms', 1700000000000)");
  file.close();
}

/** Events and a span of one payment. */
const ROWS = `
INSERT INTO meta VALUES ('since_ms', 1700000000000);
INSERT INTO resources VALUES (1, 'd', 'shop', '1.0.0', '', '{"service.name":"shop"}', 1700000000000);
INSERT INTO events VALUES
  (1, 'stripe/pi_old/payment.succeeded', 'payment.succeeded', 1700000000000000, 1700000000000, 'INFO', '', 1,
   '4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7', 'pi_old', NULL, NULL, 1999, 'EUR',
   '{"payment.id":"pi_old","payment.provider":"stripe"}'),
  (2, 'stripe/c_1/commission.created', 'commission.created', 1700000000000000, 1700000000000, 'INFO', '', 1,
   NULL, NULL, 'pi_old', 'c_1', NULL, 100, 'EUR', '{"payment.id":"pi_old","commission.id":"c_1"}');
INSERT INTO spans VALUES
  (3, '4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7', NULL, 'payment.process', 1, 1700000000000000,
   1700000000250000, 1700000000000, 0, '', '', 1, 'pi_old', '{}', '[]', '[]');
`;

/** Step n migrates to schema version n + 1. */
const STEPS = [
  `
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
`,
  `
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
`,
  `
CREATE TABLE damaged (
  signal TEXT NOT NULL, row TEXT NOT NULL, seen_ms INTEGER NOT NULL, PRIMARY KEY (signal, row)
) STRICT, WITHOUT ROWID;
`,
  `
CREATE TABLE IF NOT EXISTS former (
  digest TEXT PRIMARY KEY, series_id INTEGER NOT NULL, start_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL,
  last_value REAL NOT NULL, count INTEGER, buckets TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS former_series ON former (series_id);
CREATE INDEX IF NOT EXISTS series_resource ON series (resource_id);
CREATE TRIGGER IF NOT EXISTS series_gone AFTER DELETE ON series BEGIN DELETE FROM former WHERE series_id = old.id; END;
`,
  `
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
  WHERE amount_minor IS NOT NULL AND instr(attributes, '"account.kind":"connected"') > 0;
`,
];
