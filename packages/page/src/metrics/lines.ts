/** The lines that are drawn for each kind of instrument. */
import { isMoney, type Panel } from './groups.ts';
import {
  addByLabels,
  type ChartLine,
  type Grid,
  growth,
  onGrid,
  quantile,
  type Series,
  total,
  trailingSum,
} from './series.ts';

const MOST_LINES = 5;
const MOST_MONEY_LINES = 7;
const MINUTE_S = 60;
const QUANTILES = [
  [0.5, 'p50'],
  [0.95, 'p95'],
] as const;

/** What a chart shows. */
export interface PanelLines {
  readonly lines: readonly ChartLine[];
  /** The number for each line: the increase of a counter in the range, otherwise the last value. */
  readonly figures: readonly (number | null)[];
  /** Number of lines that are not shown: those with the smallest numbers. */
  readonly leftOut: number;
}

/** The increase per minute of a counter, the value of a gauge, p50 and p95 of a histogram. */
export function panelLines(panel: Panel, all: readonly Series[], grid: Grid): PanelLines {
  switch (panel.kind) {
    case 'counter':
      return counterLines(panel, all, grid);
    case 'gauge':
      return gaugeLines(panel, all, grid);
    case 'histogram':
      return histogramLines(panel, all, grid);
  }
}

function counterLines(panel: Panel, all: readonly Series[], grid: Grid): PanelLines {
  const grown = addByLabels(all, panel.splitBy, (series) => growth(onGrid(series, grid)));
  const moving = grown
    .filter((line) => total(line) > 0)
    .sort((one, other) => total(other) - total(one));
  const width = Math.max(1, Math.round(MINUTE_S / grid.stepS));
  const perMinute = MINUTE_S / (width * grid.stepS);
  const shown = moving.slice(0, isMoney(panel) ? MOST_MONEY_LINES : MOST_LINES);
  return {
    lines: shown.map(({ label, values }) => ({
      label,
      values: trailingSum(values, width).map((value) =>
        value === null ? null : value * perMinute,
      ),
    })),
    figures: shown.map(total),
    leftOut: moving.length - shown.length,
  };
}

function gaugeLines(panel: Panel, all: readonly Series[], grid: Grid): PanelLines {
  const isTime = panel.name.endsWith('.timestamp');
  const lines = addByLabels(all, panel.splitBy, (series) =>
    isTime ? ages(onGrid(series, grid), grid) : onGrid(series, grid),
  );
  // States that are zero all the time are not informative.
  const nonZero = lines.filter((line) =>
    line.values.some((value) => value !== null && value !== 0),
  );
  const shown = nonZero.slice(0, MOST_LINES);
  return { lines: shown, figures: shown.map(lastKnown), leftOut: nonZero.length - shown.length };
}

/** Ages instead of timestamps: a chart of timestamps is not readable. */
function ages(values: readonly (number | null)[], grid: Grid): (number | null)[] {
  return values.map((value, index) =>
    value === null ? null : grid.startS + index * grid.stepS - value,
  );
}

function histogramLines(panel: Panel, all: readonly Series[], grid: Grid): PanelLines {
  const width = Math.max(1, Math.round(MINUTE_S / grid.stepS));
  const currencies = [...new Set(all.map((series) => prefixOf(panel, series)))];
  const lines = currencies.flatMap((prefix) => {
    const own = all.filter((series) => prefixOf(panel, series) === prefix);
    const buckets = addByLabels(own, ['le'], (series) =>
      trailingSum(growth(onGrid(series, grid)), width),
    );
    return QUANTILES.map(([share, name]) => ({
      label: `${prefix} ${name}`.trim(),
      values: quantileLine(share, buckets, grid),
    }));
  });
  const known = lines.filter((line) => line.values.some((value) => value !== null));
  const shown = known.slice(0, MOST_MONEY_LINES);
  return { lines: shown, figures: shown.map(lastKnown), leftOut: known.length - shown.length };
}

function prefixOf(panel: Panel, series: Series): string {
  return panel.splitBy.map((label) => series.metric[label] ?? '').join(' ');
}

function quantileLine(share: number, buckets: readonly ChartLine[], grid: Grid): (number | null)[] {
  return Array.from({ length: grid.count }, (_, index) =>
    quantile(
      share,
      buckets.map((line) => [boundOf(line.label), line.values[index] ?? 0] as const),
    ),
  );
}

function boundOf(label: string): number {
  return label === '+Inf' ? Number.POSITIVE_INFINITY : Number(label);
}

function lastKnown(line: ChartLine): number | null {
  return line.values.findLast((value) => value !== null) ?? null;
}
