/** Data of the frame around every view: totals, health, drops and the status of the store. */

import type { DropRow, Drops, HealthRow, StoreStatus, Summary } from '@moneytrail/store';
import { effect } from '@preact/signals';
import { liveState, onChange } from './live.ts';
import { range, rangeQuery } from './range.ts';
import { createResource, type Resource } from './resource.ts';

const CLOCK_MS = 10_000;

/** Totals of the selected range. */
export const summary: Resource<Summary> = createResource(
  () => `/api/summary?${rangeQuery(range.value, Date.now())}`,
);
/** State of all health checks. */
export const health: Resource<readonly HealthRow[]> = createResource(() => '/api/health');
/** Drops, by cause. */
export const drops: Resource<Drops> = createResource(() => '/api/drops');
/** Status of the store. */
export const status: Resource<StoreStatus> = createResource(() => '/api/status');

/** Loads the four and refreshes them: on changes from the stream, and periodically, because a moving range empties. */
export function startOverview(): void {
  effect(() => {
    range.value;
    void summary.load();
  });
  const rest = [health, drops, status];
  const loadRest = (): void => {
    for (const resource of rest) void resource.load();
  };
  loadRest();
  onChange(['events', 'traces'], 1500, () => void summary.load());
  onChange(['metrics', 'logs', 'traces', 'events'], 5000, loadRest);
  window.setInterval(() => {
    if (document.hidden || liveState.value !== 'live') return;
    void summary.load();
    loadRest();
  }, CLOCK_MS);
}

/** `7/7`: healthy checks of all checks; undefined without checks. */
export function healthCount(rows: readonly HealthRow[] | undefined): string | undefined {
  if (rows === undefined || rows.length === 0) return undefined;
  return `${rows.filter((row) => row.status === 'healthy').length}/${rows.length}`;
}

/** Records deleted by retention were kept as long as configured: they are shown, but not counted as losses. */
export function isLoss(row: DropRow): boolean {
  return row.cause !== 'retention';
}

/** Number of lost records, all causes together. */
export function droppedCount(all: Drops | undefined): number | undefined {
  return all?.drops.filter(isLoss).reduce((sum, row) => sum + row.count, 0);
}
