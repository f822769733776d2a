/** Validates a catalogue at startup: an invalid entry throws a coded error that names it. */
import { codedError } from '../coded.ts';
import { CATALOGUE_ERRORS } from '../errors.ts';
import { isKnownUnit, prometheusLabel, prometheusName } from '../names.ts';
import { nearest } from '../nearest.ts';
import { type AttributeDefinition, type AttributeTable, OTHER } from './attribute.ts';
import type { Catalogue } from './catalogue.ts';
import type { EventDefinition } from './event.ts';
import type { InstrumentDefinition } from './instrument.ts';
import { invalidEntry } from './invalid-entry.ts';
import type { LifecycleDefinition } from './lifecycle.ts';
import { MAX_ZERO_SERIES, zeroSeriesOf } from './zero-series.ts';

const PREFIX_FORM = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*\.$/;
const NAME_FORM = /^[a-z][a-z0-9]*(?:[._][a-z0-9]+)*$/;

/** Labels that Prometheus or its exporters set themselves. */
const RESERVED_LABEL = /^(?:job|instance|le|quantile|otel_scope_.*)$/;

/** Kinds of attributes whose number of values is bounded. */
const BOUNDED: readonly string[] = ['set', 'open_set', 'currency', 'name'];

/** Throws the coded error of the first invalid entry. `base` are attributes that are declared elsewhere. */
export function check(catalogue: Catalogue, base: AttributeTable): void {
  checkPrefix(catalogue);
  for (const [name, definition] of Object.entries(catalogue.attributes)) {
    checkName('attribute', name);
    if (Object.hasOwn(base, name))
      throw codedError(CATALOGUE_ERRORS, 'MONEYTRAIL_CATALOGUE_NAME_TAKEN', { name });
    checkAttribute(name, definition);
  }
  for (const [name, definition] of Object.entries(catalogue.events)) {
    checkName('event', name);
    checkEvent(catalogue, name, definition);
  }
  for (const [name, definition] of Object.entries(catalogue.instruments)) {
    checkName('instrument', name);
    checkInstrument(catalogue, name, definition);
    checkSum(catalogue, name, definition.adds);
    checkZeroSeries(catalogue, name, definition);
  }
  checkLifecycles(catalogue);
  checkFolding(catalogue);
}

function checkPrefix({ prefix }: Catalogue): void {
  if (PREFIX_FORM.test(prefix)) return;
  throw invalidEntry('prefix', prefix.slice(0, -1), 'lower-case words joined by underscores');
}

function checkName(kind: string, name: string): void {
  if (!NAME_FORM.test(name))
    throw invalidEntry(kind, name, 'lower-case words joined by dots or underscores');
}

function checkAttribute(
  name: string,
  { kind, values = {}, default: fallback }: AttributeDefinition,
): void {
  const known = Object.keys(values);
  if (kind === 'set' && known.length === 0)
    throw invalidEntry(name, 'values', 'at least one value with its meaning');
  if (known.includes(OTHER))
    throw invalidEntry(name, OTHER, 'left out: it is always one of the values');
  if (fallback !== undefined && !known.includes(fallback))
    throw invalidEntry(name, fallback, oneOf(known));
}

function oneOf(names: readonly string[], given = ''): string {
  const meant = nearest(given, names);
  if (meant !== undefined) return `declared; did you mean ${meant}?`;
  return names.length > 0 && names.length <= 12 ? `one of ${names.join(', ')}` : 'declared';
}

function checkEvent({ known }: Catalogue, name: string, event: EventDefinition): void {
  const { identity, amounts = {}, movement, grows } = event;
  const fields = { ...event.required, ...event.optional };
  const { of = [], within = [], total = [], before = [] } = movement ?? {};
  const named = [Object.values(fields), of, within, total, before, grows?.while ?? []];
  checkKnown(name, named.flat(), known);
  checkKnown(name, identity, fields);
  const twice = Object.keys(amounts).find((field) => Object.hasOwn(fields, field));
  if (twice !== undefined) throw invalidEntry(name, twice, 'a field or an amount, not both');
}

function checkKnown(owner: string, names: readonly string[], table: object): void {
  const missing = names.find((name) => !Object.hasOwn(table, name));
  if (missing !== undefined) throw invalidEntry(owner, missing, oneOf(Object.keys(table), missing));
}

function checkInstrument(
  { known, events }: Catalogue,
  name: string,
  instrument: InstrumentDefinition,
): void {
  const { unit, attributes, on = {}, kind, buckets } = instrument;
  if (!isKnownUnit(unit)) {
    throw codedError(CATALOGUE_ERRORS, 'MONEYTRAIL_CATALOGUE_UNIT_UNKNOWN', {
      instrument: name,
      unit,
    });
  }
  checkKnown(name, attributes, known);
  const unbounded = attributes.find((one) => !BOUNDED.includes(known[one]?.kind ?? ''));
  if (unbounded !== undefined) {
    throw codedError(CATALOGUE_ERRORS, 'MONEYTRAIL_CATALOGUE_LABEL_UNBOUNDED', {
      instrument: name,
      attribute: unbounded,
    });
  }
  const reserved = attributes.find((one) => RESERVED_LABEL.test(prometheusLabel(one)));
  if (reserved !== undefined)
    throw invalidEntry(name, reserved, 'named otherwise: Prometheus sets this label itself');
  checkKnown(name, Object.keys(on), events);
  checkKnown(name, Object.values(on).flatMap(Object.keys), known);
  if ((kind === 'histogram') !== (buckets !== undefined)) {
    throw invalidEntry(
      name,
      String(buckets),
      'a scale of buckets for a histogram, and absent for others',
    );
  }
}

function checkSum(
  { events, known }: Catalogue,
  name: string,
  adds: InstrumentDefinition['adds'] = 'one',
): void {
  if (typeof adds === 'string') return;
  if ('attribute' in adds) {
    checkKnown(name, [adds.attribute], known);
    return;
  }
  const amounts = Object.values(events).flatMap((event) => Object.keys(event.amounts ?? {}));
  if (!amounts.includes(adds.amount)) throw invalidEntry(name, adds.amount, oneOf(amounts));
}

function checkZeroSeries(
  { known }: Catalogue,
  name: string,
  instrument: InstrumentDefinition,
): void {
  const series = zeroSeriesOf(instrument, known);
  if (series <= MAX_ZERO_SERIES) return;
  throw codedError(CATALOGUE_ERRORS, 'MONEYTRAIL_CATALOGUE_TOO_MANY_SERIES', {
    owner: name,
    series,
    limit: MAX_ZERO_SERIES,
  });
}

function checkLifecycles({ lifecycles, instruments, events, known }: Catalogue): void {
  for (const [name, lifecycle] of Object.entries(lifecycles)) {
    checkKnown(name, [lifecycle.id], known);
    checkKnown(name, statesIn(lifecycle), lifecycle.states);
    checkKnown(name, Object.keys(lifecycle.on), events);
  }
  for (const [name, { lifecycle }] of Object.entries(instruments)) {
    if (lifecycle === undefined) continue;
    checkKnown(name, [lifecycle.of], lifecycles);
    const as = 'as' in lifecycle ? lifecycle.as : {};
    checkKnown(name, Object.keys(as), lifecycles[lifecycle.of]?.states ?? {});
    checkKnown(name, Object.values(as).flatMap(Object.keys), known);
    if ('from' in lifecycle) checkKnown(name, [lifecycle.from], known);
  }
}

/** Every state that the lifecycle names. */
function statesIn({ final, undone, mayFollow = {}, on }: LifecycleDefinition): string[] {
  const led = Object.values(on).flatMap((to) =>
    typeof to === 'string' ? [to] : [to.state, to.otherwise],
  );
  const follow = Object.entries(mayFollow).flatMap(([state, before]) => [state, ...before]);
  return [...final, ...led, ...follow, ...(undone === undefined ? [] : [undone])];
}

/** Rejects names that are equal in Prometheus or Loki, or as calls: `order.kind` and `order_kind`. */
function checkFolding({ prefix, instruments, events, known }: Catalogue): void {
  const series = Object.entries(instruments).flatMap(([name, { unit, kind }]) =>
    seriesNames(prometheusName(prefix + name, unit, kind), kind).map((one) => [one, name] as const),
  );
  rejectEqual(series);
  rejectEqual(Object.keys(known).map((name) => [prometheusLabel(name), name]));
  rejectEqual(Object.keys(events).map((name) => [prometheusLabel(name), name]));
}

function rejectEqual(names: readonly (readonly [folded: string, name: string])[]): void {
  const byFolded = new Map<string, string>();
  for (const [folded, name] of names) {
    const other = byFolded.get(folded) ?? name;
    if (other !== name) {
      throw codedError(CATALOGUE_ERRORS, 'MONEYTRAIL_CATALOGUE_NAMES_FOLD', {
        a: other,
        b: name,
        folded,
      });
    }
    byFolded.set(folded, name);
  }
}

/** The names of the series of a metric in Prometheus. */
function seriesNames(name: string, kind: InstrumentDefinition['kind']): string[] {
  return kind === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
