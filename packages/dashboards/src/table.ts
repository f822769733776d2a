/** Tables of query results. */
import type { DataTransformerConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import { prometheusLabel } from '@moneytrail/catalogue';
import type { Target } from './panel.ts';
import { grafanaUnit } from './query.ts';
import type { Override } from './series-colours.ts';
import { refId } from './targets.ts';

/** Merges the results into one table: rows with the same labels become one, and columns get readable names. */
export function tableTransformations(lines: readonly Target[]): DataTransformerConfig[] {
  const labels = lines[0]?.[1].labels ?? [];
  const columns = [
    ...labels.map(({ name }) => [prometheusLabel(name), heading(name)] as const),
    ...lines.map(([name], at) => [valueColumn(lines, at), name] as const),
  ];
  return [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        indexByName: Object.fromEntries(columns.map(([column], at) => [column, at])),
        renameByName: Object.fromEntries(columns),
      },
    },
  ];
}

/** The unit of each column; the first is the one of the panel. */
export function columnOverrides(lines: readonly Target[]): Override[] {
  return lines.map(([name, { unit }]) => ({
    matcher: { id: 'byName', options: name },
    properties: [{ id: 'unit', value: grafanaUnit(unit) }],
  }));
}

/** The last word of an attribute: `Reason` of `payment.failure.reason`. */
function heading(label: string): string {
  const word = label.split('.').at(-1) ?? label;
  return (word.charAt(0).toUpperCase() + word.slice(1)).replaceAll('_', ' ');
}

/** The column of a single query has no letter. */
function valueColumn(lines: readonly Target[], at: number): string {
  return lines.length === 1 ? 'Value' : `Value #${refId(at)}`;
}
