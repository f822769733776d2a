/** Money: a line for each currency, each with its own scale, because currencies cannot be compared or added. */
import type { VNode } from 'preact';
import { Spark } from '../ui/spark.tsx';
import type { Panel } from './groups.ts';
import type { PanelLines } from './lines.ts';
import { formatMajor, unitWords } from './units.ts';

/** Label, line and amount of each currency. */
export function MoneyLines(props: { readonly panel: Panel; readonly shown: PanelLines }): VNode {
  const { lines, figures, leftOut } = props.shown;
  return (
    <>
      <ul class="money-lines">
        {lines.map((line, index) => (
          <li key={line.label}>
            <span class="money-label">{shownLabel(line.label)}</span>
            <Spark line={line.values} tone="accent" />
            <span class="legend-figure">{formatMajor(figures[index] ?? null, line.label)}</span>
          </li>
        ))}
      </ul>
      <p class="chart-unit">
        {unitWords(props.panel)}, each line with its own scale
        {leftOut > 0 && `; ${leftOut} more not shown`}
      </p>
    </>
  );
}

/** The platform's own money is the default, so its label is omitted. */
function shownLabel(label: string): string {
  return label.replaceAll('_', ' ').replace(/ · own\b/, '');
}
