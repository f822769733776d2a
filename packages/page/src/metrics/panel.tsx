/** One instrument: name, description, chart and legend. */
import { useSignal } from '@preact/signals';
import type { RefObject, VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { onChange } from '../data/live.ts';
import { range } from '../data/range.ts';
import { Chart } from './chart.tsx';
import { lineColours } from './colours.ts';
import { isMoney, type Panel } from './groups.ts';
import { type PanelLines, panelLines } from './lines.ts';
import { gridNow, panelSeries } from './load.ts';
import { MoneyLines } from './money-lines.tsx';
import type { Grid } from './series.ts';
import { formatFigure, unitWords } from './units.ts';

const REFRESH_MS = 10_000;

/** Loads when it becomes visible, and again when metrics arrive while it is visible. */
export function MetricPanel(props: { readonly panel: Panel }): VNode {
  const { panel } = props;
  const element = useRef<HTMLElement>(null);
  const isSeen = useSeen(element);
  const [series] = useState(() => panelSeries(panel));
  const chosen = range.value;
  useEffect(() => {
    if (!isSeen) return;
    void series.load();
    return onChange(['metrics'], REFRESH_MS, () => void series.load());
  }, [isSeen, chosen, series]);
  const result = series.value.value;
  const drawn = useMemo(() => {
    if (result === undefined) return undefined;
    const grid = gridNow();
    return { grid, shown: panelLines(panel, result.data.result, grid) };
  }, [result, panel]);
  const isFailed = series.failure.value !== undefined;
  return (
    <article class="panel metric" ref={element} aria-label={panel.name}>
      <h3>{panel.name}</h3>
      <p class="note">{withCode(panel.help)}</p>
      {drawn !== undefined && <Drawn panel={panel} {...drawn} />}
      {drawn === undefined && <p class="chart-note">{isFailed ? 'Could not be loaded' : ''}</p>}
    </article>
  );
}

function Drawn(props: {
  readonly panel: Panel;
  readonly grid: Grid;
  readonly shown: PanelLines;
}): VNode {
  const { panel, grid, shown } = props;
  const { unit } = panel;
  const pointed = useSignal<number | undefined>(undefined);
  if (shown.lines.length === 0)
    return (
      <p class="chart-note">
        {quietText(panel)} {range.value.phrase}
      </p>
    );
  if (isMoney(panel)) return <MoneyLines panel={panel} shown={shown} />;
  return (
    <>
      <Chart grid={grid} lines={shown.lines} unit={unit} pointed={pointed} />
      <p class="chart-unit">{unitWords(panel)}</p>
      <Legend shown={shown} unit={unit} at={pointed.value} />
    </>
  );
}

/** Text in backticks as code. */
function withCode(text: string): (string | VNode)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part));
}

function quietText(panel: Panel): string {
  return panel.kind === 'counter' ? 'No increase' : 'No data';
}

/** Values of the whole range, or of the point under the pointer. */
function Legend(props: {
  readonly shown: PanelLines;
  readonly unit: string;
  readonly at: number | undefined;
}): VNode {
  const { lines, figures, leftOut } = props.shown;
  const colours = lineColours(lines.map((line) => line.label));
  return (
    <ul class="legend">
      {lines.map((line, index) => {
        const value = props.at === undefined ? figures[index] : line.values[props.at];
        return (
          <li key={line.label}>
            <span class={`dash ${colours[index] ?? ''}`} />
            {line.label === '' ? 'all' : line.label.replaceAll('_', ' ')}
            <span class="legend-figure">{formatFigure(value ?? null, props.unit)}</span>
          </li>
        );
      })}
      {leftOut > 0 && <li class="quiet">{leftOut} more not shown</li>}
    </ul>
  );
}

function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setSeen(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: '200px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isSeen;
}
