import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { ATTRIBUTES, type AttributeName, closedValues } from '@moneytrail/catalogue';
import { VALUE_COLOURS } from './colours.ts';
import type { Line } from './panel.ts';

/** What is special of some series or columns of a panel. */
export interface Override {
  readonly matcher: { readonly id: 'byName'; readonly options: string };
  readonly properties: DynamicConfigValue[];
}

/** The same colour for the same closed value in every panel, whichever values there are. */
export function colourOverrides(lines: readonly Line[]): Override[] {
  const names = lines.flatMap(([name, { labels }]) => {
    const [only, ...others] = labels;
    if (only === undefined || others.length > 0) return [];
    return valuesOf(only).map(
      (value) => [name === '' ? value : `${name} ${value}`, value] as const,
    );
  });
  return names.flatMap(([series, value]) => {
    const fixedColor = VALUE_COLOURS[value];
    if (fixedColor === undefined) return [];
    const color = { id: 'color', value: { mode: 'fixed', fixedColor } };
    return [{ matcher: { id: 'byName', options: series }, properties: [color] }];
  });
}

const LEVELS = ['debug', 'info', 'warn', 'error'];

function valuesOf(label: string): readonly string[] {
  if (label === 'detected_level') return LEVELS;
  return isAttribute(label) ? (closedValues(label) ?? []) : [];
}

function isAttribute(label: string): label is AttributeName {
  return Object.hasOwn(ATTRIBUTES, label);
}
