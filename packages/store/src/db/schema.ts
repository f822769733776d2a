/** Every table of the file, described once. `migrate.ts` makes them and brings older files up to date. */
import { type Row, Table } from './table.ts';

/** Version of the schema that this store writes; it grows when a description changes. */
export const SCHEMA_VERSION = 6;

/** Marks the file as ours: `MTRL` in ASCII. */
export const APPLICATION_ID = 0x4d54524c;

/** The condition of events about money of a connected account. Its text is that of an index, so it is written once. */
export const OF_CONNECTED = `instr(attributes, '"account.kind":"connected"') > 0`;

const META_COLUMNS = { key: 'text', value: 'integer' } as const;

/** Numbers that the store keeps about the file. */
export const META: Table<typeof META_COLUMNS> = new Table('meta', META_COLUMNS, { key: ['key'] });

const RESOURCE_COLUMNS = {
  id: 'rowid',
  digest: 'text',
  service: 'text',
  version: 'text',
  instance: 'text',
  attributes: 'text',
  last_ms: 'integer',
} as const;

/** Senders: one row for each instance of a service. */
export const RESOURCES: Table<typeof RESOURCE_COLUMNS> = new Table('resources', RESOURCE_COLUMNS, {
  key: ['digest'],
});

const EVENT_COLUMNS = {
  id: 'rowid',
  event_id: 'text',
  name: 'text',
  event: 'text',
  at_us: 'integer',
  arrived_ms: 'integer',
  severity: 'text',
  body: 'text',
  resource_id: 'integer',
  trace_id: 'text?',
  span_id: 'text?',
  amount_minor: 'integer?',
  currency: 'text?',
  attributes: 'text',
} as const;

/** A stored business event. */
export type StoredEvent = Row<typeof EVENT_COLUMNS>;

/** Business events, each once: `name` is that of OTLP, `event` is without our prefix. */
export const EVENTS: Table<typeof EVENT_COLUMNS> = new Table('events', EVENT_COLUMNS, {
  key: ['event_id'],
  indexes: {
    events_money: '(event, currency, at_us, amount_minor) WHERE amount_minor IS NOT NULL',
    events_connected: `(event, currency, at_us, amount_minor) WHERE amount_minor IS NOT NULL AND ${OF_CONNECTED}`,
    events_trace: '(trace_id) WHERE trace_id IS NOT NULL',
    events_time: '(at_us)',
    events_name: '(name, at_us)',
  },
  defaults: { name: "''" },
});

const EVENT_OBJECT_COLUMNS = {
  event_id: 'integer',
  kind: 'text',
  provider: 'text',
  id: 'text',
} as const;

/** The objects that events name: payments, refunds, orders. The provider is empty where the event names none. */
export const EVENT_OBJECTS: Table<typeof EVENT_OBJECT_COLUMNS> = new Table(
  'event_objects',
  EVENT_OBJECT_COLUMNS,
  {
    key: ['kind', 'id', 'provider', 'event_id'],
    indexes: { event_objects_event: '(event_id)' },
  },
);

const LOG_COLUMNS = {
  id: 'rowid',
  digest: 'text',
  at_us: 'integer',
  arrived_ms: 'integer',
  severity: 'text',
  body: 'text',
  event: 'text?',
  resource_id: 'integer',
  trace_id: 'text?',
  span_id: 'text?',
  payment_id: 'text?',
  provider: 'text',
  attributes: 'text',
} as const;

/** Log lines. */
export const LOGS: Table<typeof LOG_COLUMNS> = new Table('logs', LOG_COLUMNS, {
  key: ['digest'],
  indexes: {
    logs_trace: '(trace_id) WHERE trace_id IS NOT NULL',
    logs_payment: '(payment_id) WHERE payment_id IS NOT NULL',
    logs_time: '(at_us)',
  },
  defaults: { provider: "''" },
});

const SPAN_COLUMNS = {
  id: 'rowid',
  trace_id: 'text',
  span_id: 'text',
  parent_id: 'text?',
  name: 'text',
  kind: 'integer',
  start_us: 'integer',
  end_us: 'integer',
  arrived_ms: 'integer',
  status: 'integer',
  status_message: 'text',
  scope: 'text',
  resource_id: 'integer',
  payment_id: 'text?',
  provider: 'text',
  attributes: 'text',
  events: 'text',
  links: 'text',
} as const;

/** A stored span. */
export type StoredSpan = Row<typeof SPAN_COLUMNS>;

/** Spans. */
export const SPANS: Table<typeof SPAN_COLUMNS> = new Table('spans', SPAN_COLUMNS, {
  key: ['trace_id', 'span_id'],
  indexes: { spans_payment: '(payment_id) WHERE payment_id IS NOT NULL' },
  defaults: { provider: "''" },
});

const SERIES_COLUMNS = {
  id: 'rowid',
  digest: 'text',
  name: 'text',
  metric: 'text',
  kind: ['counter', 'gauge', 'histogram'],
  unit: 'text',
  help: 'text',
  labels: 'text',
  bounds: 'text',
  resource_id: 'integer',
  start_ms: 'integer',
  last_ms: 'integer',
  last_value: 'real',
  total: 'real',
  first_ms: 'integer?',
  changed_ms: 'integer?',
} as const;

/** A stored series. */
export type StoredSeries = Row<typeof SERIES_COLUMNS>;

/** Series of metrics: one for each instrument and set of labels. */
export const SERIES: Table<typeof SERIES_COLUMNS> = new Table('series', SERIES_COLUMNS, {
  key: ['digest'],
  indexes: { series_metric: '(metric)', series_resource: '(resource_id)' },
});

const POINT_COLUMNS = {
  series_id: 'integer',
  at_ms: 'integer',
  arrived_ms: 'integer',
  value: 'real',
  count: 'integer?',
  buckets: 'text?',
} as const;

/** A stored point of a series. */
export type StoredPoint = Row<typeof POINT_COLUMNS>;

/** Points of series. */
export const POINTS: Table<typeof POINT_COLUMNS> = new Table('points', POINT_COLUMNS, {
  key: ['series_id', 'at_ms'],
  indexes: { points_arrived: '(arrived_ms)' },
});

const FORMER_COLUMNS = {
  digest: 'text',
  series_id: 'integer',
  start_ms: 'integer',
  last_ms: 'integer',
  last_value: 'real',
  count: 'integer?',
  buckets: 'text?',
} as const;

/** A series that became part of one for many instances. */
export type StoredFormer = Row<typeof FORMER_COLUMNS>;

/** What is known of series that became part of one for many instances. */
export const FORMER: Table<typeof FORMER_COLUMNS> = new Table('former', FORMER_COLUMNS, {
  key: ['digest'],
  indexes: { former_series: '(series_id)' },
});

const DROP_COLUMNS = {
  signal: 'text',
  cause: 'text',
  service: 'text',
  count: 'integer',
  first_ms: 'integer',
  last_ms: 'integer',
} as const;

/** A counted loss. */
export type StoredDrop = Row<typeof DROP_COLUMNS>;

/** Losses of the store itself. */
export const DROPS: Table<typeof DROP_COLUMNS> = new Table('drops', DROP_COLUMNS, {
  key: ['signal', 'cause', 'service'],
});

const DAMAGED_COLUMNS = { signal: 'text', row: 'text', seen_ms: 'integer' } as const;

/** Rows of which a part could not be read, so that each is counted once. */
export const DAMAGED: Table<typeof DAMAGED_COLUMNS> = new Table('damaged', DAMAGED_COLUMNS, {
  key: ['signal', 'row'],
});

const PAYMENT_COLUMNS = {
  provider: 'text',
  id: 'text',
  outcome: ['succeeded', 'declined', 'error', 'canceled', 'blocked', 'needs_action', 'pending'],
  contradictory: 'integer',
  reason: 'text?',
  amount_minor: 'integer?',
  currency: 'text?',
  method: 'text?',
  purpose: 'text?',
  fee_minor: 'integer?',
  commission_minor: 'text?',
  refunded_minor: 'text',
  disputed: 'integer',
  attempts: 'integer',
  at_ms: 'integer',
  account: ['own', 'connected'],
  took_ms: 'integer?',
  trace_id: 'text?',
  service: 'text',
  revision: 'integer',
  updated_ms: 'integer',
} as const;

/** A derived payment. */
export type StoredPayment = Row<typeof PAYMENT_COLUMNS>;

/** Every outcome of a payment. */
export const PAYMENT_OUTCOMES: readonly StoredPayment['outcome'][] = PAYMENT_COLUMNS.outcome;

/** Payments, derived from events. */
export const PAYMENTS: Table<typeof PAYMENT_COLUMNS> = new Table('payments', PAYMENT_COLUMNS, {
  key: ['provider', 'id'],
  indexes: {
    payments_id: '(id)',
    payments_newest: '(at_ms, provider, id)',
    payments_updated: '(updated_ms)',
    payments_revision: '(revision)',
  },
});

const COMMISSION_COLUMNS = {
  provider: 'text',
  id: 'text',
  tier: 'text?',
  status: 'text',
  amount_minor: 'integer?',
  currency: 'text?',
  payout_id: 'text?',
  created_ms: 'integer',
  ended_ms: 'integer?',
  took_ms: 'real?',
} as const;

/** A derived commission. */
export type StoredCommission = Row<typeof COMMISSION_COLUMNS>;

/** Commissions, derived from events. */
export const COMMISSIONS: Table<typeof COMMISSION_COLUMNS> = new Table(
  'commissions',
  COMMISSION_COLUMNS,
  { key: ['provider', 'id'], indexes: { commissions_created: '(created_ms)' } },
);
