/** Colours of single series and columns. */
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { VALUE_COLOURS } from './colours.ts';
import type { Target } from './panel.ts';

/** Settings of single series or columns of a panel. */
export interface Override {
  readonly matcher: { readonly id: 'byName'; readonly options: string };
  readonly properties: DynamicConfigValue[];
}

/** Gives a closed value the same colour in every panel. */
export function colourOverrides(lines: readonly Target[]): Override[] {
  const names = lines.flatMap(([name, { labels }]) => {
    const [only, ...others] = labels;
    if (only === undefined || others.length > 0) return [];
    return (only.values ?? []).map(
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
