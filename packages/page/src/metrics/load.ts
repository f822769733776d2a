/** Loads the list of metrics, and the series of one panel in the selected range. */
import type { MetricRow } from '@moneytrail/store';
import { status } from '../data/overview.ts';
import { range, rangeEnds } from '../data/range.ts';
import { createResource, type Resource } from '../data/resource.ts';
import type { Panel } from './groups.ts';
import type { Grid, MatrixResponse } from './series.ts';

const MOMENTS = 60;
const SHORTEST_STEP_S = 5;
const SHORTEST_RANGE_MS = 120_000;
const DAY_MS = 86_400_000;

/** All stored metrics. */
export const metrics: Resource<readonly MetricRow[]> = createResource(() => '/api/metrics');

/** The series of a panel. */
export function panelSeries(panel: Panel): Resource<MatrixResponse> {
  return createResource(() => {
    const { startS, stepS, count } = gridNow();
    const query = new URLSearchParams({
      query: panel.series,
      start: String(startS),
      end: String(startS + stepS * (count - 1)),
      step: String(stepS),
    });
    return `/api/v1/query_range?${query}`;
  });
}

/** The points of the selected range; they are multiples of the step, so that a chart does not jitter. */
export function gridNow(): Grid {
  const nowMs = Date.now();
  const { fromMs, toMs } = rangeEnds(range.value, nowMs);
  // Charts of a new store start at its first data.
  const heldMs = Math.max(SHORTEST_RANGE_MS, status.value.value?.oldest_ms ?? DAY_MS);
  const startMs = Math.max(fromMs ?? 0, nowMs - heldMs);
  const stepS = Math.max(SHORTEST_STEP_S, Math.ceil((toMs - startMs) / 1000 / MOMENTS));
  const endS = Math.ceil(toMs / 1000 / stepS) * stepS;
  const count = Math.max(2, Math.ceil((toMs - startMs) / 1000 / stepS) + 1);
  return { startS: endS - stepS * (count - 1), stepS, count };
}
