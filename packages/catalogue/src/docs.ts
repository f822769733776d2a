/** Generates the docs of a catalogue in Markdown. */

import { code, table } from './markdown.ts';
import type { AttributeDefinition } from './model/attribute.ts';
import type { Catalogue, Group } from './model/catalogue.ts';
import type { EventDefinition } from './model/event.ts';
import type { InstrumentDefinition } from './model/instrument.ts';
import type { LifecycleDefinition } from './model/lifecycle.ts';
import { prometheusName } from './names.ts';

/**
 * One page with the events, metrics, lifecycles and attributes of a catalogue.
 *
 * @example
 * ```ts
 * import { CATALOGUE } from '@moneytrail/catalogue';
 * import { catalogueDocs } from '@moneytrail/catalogue/docs';
 * console.log(catalogueDocs(CATALOGUE).startsWith('# Catalogue `moneytrail`')); // true
 * ```
 */
export function catalogueDocs(catalogue: Catalogue): string {
  const { prefix, attributes, events, instruments, lifecycles } = catalogue;
  const parts = [
    [events, '## Events', eventTables(catalogue, '###')],
    [instruments, '## Metrics', metricTables(catalogue, '###')],
    [lifecycles, '## Lifecycles', lifecycleTables(catalogue, '###')],
    [attributes, '## Attributes', attributeTable(attributes)],
  ] as const;
  const written = parts
    .filter(([entries]) => Object.keys(entries).length > 0)
    .map(([, heading, text]) => `${heading}\n\n${text}`);
  return `# Catalogue ${code(prefix.slice(0, -1))}\n\n${written.join('\n')}`;
}

/**
 * The events of a catalogue, one table per group. `heading` is the level of the headings.
 *
 * @example
 * ```ts
 * import { CATALOGUE } from '@moneytrail/catalogue';
 * import { eventTables } from '@moneytrail/catalogue/docs';
 * console.log(eventTables(CATALOGUE, '##').includes('payment.succeeded')); // true
 * ```
 */
export function eventTables({ events, groups }: Catalogue, heading: string): string {
  const head = ['Event', 'Meaning', 'Level', 'Amounts', 'Fields', 'Identity'];
  return inGroups(groups, 'events', heading, (names) =>
    table(
      head,
      names.flatMap((name) => (events[name] ? [eventRow(name, events[name])] : [])),
    ),
  );
}

/**
 * The metrics of a catalogue, one table per group. `heading` is the level of the headings.
 *
 * @example
 * ```ts
 * import { CATALOGUE } from '@moneytrail/catalogue';
 * import { metricTables } from '@moneytrail/catalogue/docs';
 * console.log(metricTables(CATALOGUE, '##').includes('moneytrail_payment_volume_total')); // true
 * ```
 */
export function metricTables(catalogue: Catalogue, heading: string): string {
  const { instruments, groups } = catalogue;
  const head = ['Metric', 'Kind, unit', 'Attributes', 'Meaning'];
  return inGroups(groups, 'instruments', heading, (names) =>
    table(
      head,
      names.flatMap((name) =>
        instruments[name] ? [metricRow(catalogue, name, instruments[name])] : [],
      ),
    ),
  );
}

/**
 * The lifecycles of a catalogue, one table each.
 *
 * @example
 * ```ts
 * import { CATALOGUE } from '@moneytrail/catalogue';
 * import { lifecycleTables } from '@moneytrail/catalogue/docs';
 * console.log(lifecycleTables(CATALOGUE, '##').includes('## payment')); // true
 * ```
 */
export function lifecycleTables({ lifecycles }: Catalogue, heading: string): string {
  return Object.entries(lifecycles)
    .map(([name, lifecycle]) => {
      const rows = Object.entries(lifecycle.states).map((state) => stateRow(lifecycle, state));
      return `${heading} ${name}\n\n${lifecycle.help}\n\n${table(['State', 'Meaning', 'Final', 'After'], rows)}`;
    })
    .join('\n');
}

/**
 * The attributes of a catalogue with their values.
 *
 * @example
 * ```ts
 * import { ATTRIBUTES } from '@moneytrail/catalogue';
 * import { attributeTable } from '@moneytrail/catalogue/docs';
 * console.log(attributeTable(ATTRIBUTES).includes('payment.provider')); // true
 * ```
 */
export function attributeTable(attributes: Readonly<Record<string, AttributeDefinition>>): string {
  const rows = Object.entries(attributes).map(([name, { kind, values = {}, help }]) => {
    const meanings = Object.entries(values).map(([value, meaning]) => `${code(value)}: ${meaning}`);
    return [code(name), kind, [help, ...meanings].join('\n')];
  });
  return table(['Attribute', 'Kind', 'Meaning'], rows);
}

function inGroups(
  groups: readonly Group[],
  key: 'events' | 'instruments',
  heading: string,
  write: (names: readonly string[]) => string,
): string {
  const used = groups.filter((group) => group[key].length > 0);
  if (used.length === 1) return used.map((group) => write(group[key])).join('');
  return used
    .map((group) => `${heading} ${group.name}\n\n${group.help}\n\n${write(group[key])}`)
    .join('\n');
}

function eventRow(name: string, event: EventDefinition): string[] {
  const { help, severity, amounts = {}, required = {}, optional = {}, identity } = event;
  const field = ([key, attribute]: [string, string]): string => `${key} → ${code(attribute)}`;
  return [
    code(name),
    help,
    severity,
    Object.entries(amounts)
      .map(([key, need]) => (need === 'required' ? `**${key}**` : key))
      .join('\n'),
    [
      ...Object.entries(required).map(([key, attribute]) => field([`**${key}**`, attribute])),
      ...Object.entries(optional).map(field),
    ].join('\n'),
    identity.join(' or '),
  ];
}

function metricRow(
  { prefix, lifecycles }: Catalogue,
  name: string,
  { kind, unit, attributes, help, buckets, on = {}, lifecycle }: InstrumentDefinition,
): string[] {
  const full = prefix + name;
  const events = Object.keys(lifecycle ? (lifecycles[lifecycle.of]?.on ?? {}) : on).map(code);
  return [
    `${code(full)}\n${code(prometheusName(full, unit, kind))}`,
    `${kind}\n${code(unit)}${bucketsIn(buckets)}`,
    attributes.map(code).join('\n'),
    events.length > 0 ? `${help}\nFrom ${events.join(', ')}.` : help,
  ];
}

function bucketsIn(buckets: InstrumentDefinition['buckets']): string {
  if (buckets === undefined) return '';
  return typeof buckets === 'string' ? `\nscale ${code(buckets)}` : `\nup to ${buckets.join(', ')}`;
}

function stateRow(
  { final, on }: LifecycleDefinition,
  [state, meaning]: [string, string],
): string[] {
  const events = Object.entries(on).flatMap(([event, to]) => {
    if (typeof to === 'string') return to === state ? [code(event)] : [];
    if (to.state === state) return [`${code(event)} with ${code(to.carrying)}`];
    return to.otherwise === state ? [`${code(event)} without ${code(to.carrying)}`] : [];
  });
  return [code(state), meaning, final.includes(state) ? 'yes' : '', events.join('\n')];
}
