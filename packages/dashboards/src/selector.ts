import { type AttributeName, type AttributeValue, prometheusLabel } from '@moneytrail/catalogue';
import type { Metric } from './metric.ts';
import { CHOICES } from './variables.ts';

/** Conditions on labels: a value, any of several, or a pattern. Closed values of the catalogue are checked as types. */
export type Where<Label extends string> = {
  readonly [Name in Label]?: ValueOf<Name> | readonly ValueOf<Name>[] | RegExp;
};

type ValueOf<Name extends string> = Name extends AttributeName ? AttributeValue<Name> : string;

/** The series of a metric that a reader has chosen and that fulfil the conditions. */
export function selector<Label extends string>(metric: Metric<Label>, where: Where<Label>): string {
  const chosen = metric.labels.flatMap((label) => {
    const choice = CHOICES[label];
    return choice ? [`${prometheusLabel(label)}=~"$${choice.variable}"`] : [];
  });
  return `${metric.series}{${[...chosen, ...conditions(where)].join(', ')}}`;
}

function conditions(where: object): string[] {
  return Object.entries(where).map(([label, value]) => {
    const name = prometheusLabel(label);
    if (value instanceof RegExp) return `${name}=~${quoted(value.source)}`;
    return Array.isArray(value)
      ? `${name}=~${quoted(value.map(escaped).join('|'))}`
      : `${name}=${quoted(String(value))}`;
  });
}

function escaped(value: unknown): string {
  return String(value).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** As a string of PromQL and LogQL, whose escapes are those of JSON. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
