/** A small time series, drawn by uPlot. */
import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { clock, day } from '../data/time.ts';
import { isDark } from '../ui/media.ts';
import { colourOf, lineColours } from './colours.ts';
import type { ChartLine, Grid } from './series.ts';
import { formatValue } from './units.ts';

const HEIGHT_PX = 110;
const DAY_S = 86_400;
/** Below this step, two ticks may fall into the same minute. */
const SHORT_S = 300;
const AXIS_FONT = '11px system-ui, sans-serif';

interface ChartProps {
  readonly grid: Grid;
  readonly lines: readonly ChartLine[];
  readonly unit: string;
  /** Index of the point under the pointer. */
  readonly pointed: Signal<number | undefined>;
}

/** The legend has the same values as text, so the chart is hidden from screen readers. */
export function Chart(props: ChartProps): VNode {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const dark = isDark.value;
  const labels = props.lines.map((line) => line.label).join('\n');
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const drawn = new uPlot(options(element, props), dataOf(props), element);
    plot.current = drawn;
    const observer = new ResizeObserver(() =>
      drawn.setSize({ width: element.clientWidth, height: HEIGHT_PX }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.destroy();
    };
    // Colours and the number of lines are fixed when a plot is created; its values can change.
  }, [dark, labels]);
  useEffect(() => plot.current?.setData(dataOf(props)), [props.lines, props.grid]);
  return <div class="chart" ref={holder} aria-hidden="true" />;
}

function dataOf({ grid, lines }: ChartProps): uPlot.AlignedData {
  const times = Array.from({ length: grid.count }, (_, index) => grid.startS + index * grid.stepS);
  return [times, ...lines.map((line) => [...line.values])];
}

function options(element: HTMLElement, props: ChartProps): uPlot.Options {
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
    legend: { show: false },
    // Room for half of a time label at the right end.
    padding: [6, 26, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 5 } },
    scales: { y: { range: (_, low, high) => [Math.min(0, low ?? 0), high > 0 ? high * 1.08 : 1] } },
    hooks: {
      setCursor: [
        ({ cursor }) => {
          props.pointed.value = cursor.idx ?? undefined;
        },
      ],
    },
    axes: axes(element, props.unit),
    series: [
      {},
      ...lineColours(props.lines.map((line) => line.label)).map((colour) =>
        seriesOf(element, colour),
      ),
    ],
  };
}

function seriesOf(element: HTMLElement, colour: string): uPlot.Series {
  return { stroke: colourOf(element, colour), width: 1.5, points: { show: false }, spanGaps: true };
}

function axes(element: HTMLElement, unit: string): uPlot.Axis[] {
  const shared = { stroke: colourOf(element, 'quiet'), font: AXIS_FONT, ticks: { show: false } };
  const grid = { stroke: colourOf(element, 'line'), width: 1 };
  return [
    {
      ...shared,
      grid: { show: false },
      size: 20,
      gap: 2,
      space: 64,
      values: (_, times) => timeLabels(times),
    },
    {
      ...shared,
      grid,
      size: 52,
      gap: 6,
      space: 30,
      values: (_, values) => values.map((value) => formatValue(value, unit)),
    },
  ];
}

function timeLabels(times: readonly number[]): string[] {
  const lengthS = (times.at(-1) ?? 0) - (times[0] ?? 0);
  if (lengthS > 2 * DAY_S) return times.map((atS) => day(atS * 1000));
  const characters = lengthS < SHORT_S ? 'hh:mm:ss'.length : 'hh:mm'.length;
  return times.map((atS) => clock(atS * 1000).slice(0, characters));
}
