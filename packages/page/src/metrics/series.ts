/** Turns the response of a range query into lines. Pure functions. */

/** Response of `/api/v1/query_range`, in Prometheus's format. */
export interface MatrixResponse {
  readonly status: string;
  readonly data: { readonly result: readonly Series[] };
}

/** One series of a range query: times in seconds, values as text. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

/** One line of a chart, a value per point of the grid; null where there is no data. */
export interface ChartLine {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

/** The points in time of a chart, in seconds. */
export interface Grid {
  readonly startS: number;
  readonly stepS: number;
  readonly count: number;
}

/** The values of a series on a grid. */
export function onGrid(series: Series, grid: Grid): (number | null)[] {
  const values: (number | null)[] = new Array(grid.count).fill(null);
  for (const [atS, text] of series.values) {
    const index = Math.round((atS - grid.startS) / grid.stepS);
    const value = Number(text);
    if (index >= 0 && index < grid.count && Number.isFinite(value)) values[index] = value;
  }
  return values;
}

/**
 * Increase of a counter from each point of the grid to the next. A value below the previous one means that the process
 * was restarted, so the whole value is an increase.
 */
export function growth(values: readonly (number | null)[]): (number | null)[] {
  let before: number | null = null;
  return values.map((value) => {
    if (value === null) return null;
    const grown = before === null ? null : value < before ? value : value - before;
    before = value;
    return grown;
  });
}

/** Sum of the last `width` values at each point; null where all of them are unknown. */
export function trailingSum(values: readonly (number | null)[], width: number): (number | null)[] {
  return values.map((_, index) => {
    const known = values
      .slice(Math.max(0, index - width + 1), index + 1)
      .filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
}

/** Adds series with the same values of `labels` into one line, point by point. */
export function addByLabels(
  all: readonly Series[],
  labels: readonly string[],
  toValues: (series: Series) => readonly (number | null)[],
): readonly ChartLine[] {
  const lines = new Map<string, (number | null)[]>();
  for (const series of all) {
    const label = labels
      .map((name) => series.metric[name] ?? '')
      .filter((part) => part !== '')
      .join(' · ');
    const values = toValues(series);
    const sum = lines.get(label);
    lines.set(
      label,
      sum === undefined ? [...values] : sum.map((value, index) => addKnown(value, values[index])),
    );
  }
  return [...lines].map(([label, values]) => ({ label, values }));
}

/** Total of a line. */
export function total(line: ChartLine): number {
  return line.values.reduce((sum: number, value) => sum + (value ?? 0), 0);
}

/**
 * A quantile from the increase of buckets at one point, interpolated linearly within its bucket like Prometheus; null
 * without data. A value in the last, open bucket is reported as the lower bound of that bucket.
 */
export function quantile(
  share: number,
  buckets: readonly (readonly [bound: number, count: number])[],
): number | null {
  const sorted = [...buckets].sort(([one], [other]) => one - other);
  const all = sorted.at(-1)?.[1] ?? 0;
  if (all <= 0) return null;
  const rank = share * all;
  const at = sorted.findIndex(([, count]) => count >= rank);
  const [bound, count] = sorted[at] ?? [Number.POSITIVE_INFINITY, all];
  const [lowBound, lowCount] = sorted[at - 1] ?? [0, 0];
  if (bound === Number.POSITIVE_INFINITY || count === lowCount) return lowBound;
  return lowBound + ((bound - lowBound) * (rank - lowCount)) / (count - lowCount);
}

function addKnown(one: number | null, other: number | null | undefined): number | null {
  if (one === null) return other ?? null;
  return one + (other ?? 0);
}
