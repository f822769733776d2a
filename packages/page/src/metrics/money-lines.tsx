/** Money: a line for each currency, each on a scale of its own, because currencies are never compared or added. */
import type { VNode } from 'preact';
import { Spark } from '../ui/spark.tsx';
import type { Panel } from './flows.ts';
import type { PanelLines } from './lines.ts';
import { formatMajor, unitWords } from './units.ts';

/** Currency, line and figure of each. */
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
        {unitWords(props.panel)}, each line on a scale of its own
        {leftOut > 0 && `; ${leftOut} more are left out`}
      </p>
    </>
  );
}

/** Money is one's own unless it says otherwise. */
function shownLabel(label: string): string {
  return label.replaceAll('_', ' ').replace(/ own\b/, '');
}
