import {
  amountAttribute,
  CATALOGUE,
  type Catalogue,
  currencyExponent,
  INSTRUMENTS,
  type InstrumentDefinition,
  OTHER,
  PREFIX,
  prometheusLabel,
  prometheusName,
} from '@moneytrail/catalogue';
import type { Backend, ReceivedEvent } from './backend.ts';

/** Totals of counters: `payment.volume EUR own tip` in minor units, `payout.attempts paid standard own` as a count. */
export type Totals = ReadonlyMap<string, bigint>;

const { known }: Catalogue = CATALOGUE;

/** Counters that single events update; those of lifecycles and movements depend on several events. */
const COUNTERS: readonly (readonly [string, InstrumentDefinition])[] = Object.entries(
  INSTRUMENTS as Readonly<Record<string, InstrumentDefinition>>,
).filter(([name, { kind, on, adds }]) => {
  const looksBack = adds === 'done' || adds === 'undone';
  return kind === 'counter' && ((on && !looksBack) || name === 'business_events');
});

/** The counters, summed over all processes. */
export async function totalsOf(backend: Backend): Promise<Totals> {
  const totals = new Map<string, bigint>();
  const read = async ([name, definition]: (typeof COUNTERS)[number]): Promise<void> => {
    const known = prometheusName(`${PREFIX}${name}`, definition.unit, definition.kind);
    for (const { labels, samples } of await backend.seriesOf(known)) {
      const decimals = definition.unit === '{currency_unit}' ? exponentOf(labels) : 0;
      const value = BigInt(Math.round((samples.at(-1)?.value ?? 0) * 10 ** decimals));
      if (value !== 0n) add(totals, keyOf(name, definition, labels), value);
    }
  };
  await Promise.all(COUNTERS.map(read));
  return totals;
}

/** The expected counters for these events, according to the catalogue. */
export function totalsOfEvents(events: readonly ReceivedEvent[]): Totals {
  const totals = new Map<string, bigint>();
  for (const { event, attributes } of events) {
    for (const [name, definition] of COUNTERS) {
      const implied = name === 'business_events' ? {} : definition.on?.[event];
      const value = quantityOf(attributes, definition);
      if (implied === undefined || value === undefined) continue;
      const labels = { ...relabelled(implied), ...attributes };
      add(totals, keyOf(name, definition, labels), value);
    }
  }
  return totals;
}

/** Each different entry with both sides; empty when they are equal. */
export function differences(
  [one, mine]: readonly [name: string, ReadonlyMap<string, unknown>],
  [other, theirs]: readonly [name: string, ReadonlyMap<string, unknown>],
): string[] {
  return [...new Set([...mine.keys(), ...theirs.keys()])]
    .filter((key) => mine.get(key) !== theirs.get(key))
    .map((key) => `${key}: ${one} ${mine.get(key)}, ${other} ${theirs.get(key)}`)
    .sort();
}

type Labels = Readonly<Record<string, string>>;

function quantityOf(attributes: Labels, { adds }: InstrumentDefinition): bigint | undefined {
  if (adds === undefined) return 1n;
  if (typeof adds !== 'object' || !('amount' in adds)) return undefined;
  const minor = attributes[prometheusLabel(amountAttribute(adds.amount))];
  return minor === undefined ? undefined : BigInt(minor);
}

function keyOf(name: string, { attributes }: InstrumentDefinition, labels: Labels): string {
  const labelOf = (one: string): string =>
    labels[prometheusLabel(one)] ?? known[one]?.default ?? OTHER;
  return [name, ...attributes.map(labelOf)].join(' ');
}

function relabelled(implied: Readonly<Record<string, string>>): Labels {
  return Object.fromEntries(
    Object.entries(implied).map(([name, value]) => [prometheusLabel(name), value]),
  );
}

function exponentOf(labels: Labels): number {
  return currencyExponent(labels['money_currency'] ?? '') ?? 0;
}

function add(totals: Map<string, bigint>, key: string, value: bigint): void {
  if (value !== 0n) totals.set(key, (totals.get(key) ?? 0n) + value);
}
