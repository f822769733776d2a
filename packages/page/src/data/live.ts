/** The stream of changes: it announces which signals have new data; views then load what they show. */

import type { LiveChange } from '@moneytrail/store';
import { type ReadonlySignal, signal } from '@preact/signals';

/** State of the stream. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'paused';

/** Kind of data that the store received. */
export type Topic = LiveChange['signals'][number];

const RETRY_MS = [500, 1000, 2000, 5000];
const state = signal<LiveState>('connecting');
const rate = signal<number | undefined>(undefined);
const messageAtMs = signal(0);
const listeners = new Set<(topics: readonly Topic[]) => void>();
let source: EventSource | undefined;
let retries = 0;
let retryTimer = 0;

/** State of the stream. */
export const liveState: ReadonlySignal<LiveState> = state;
/** Payments per second in the latest message of the store. */
export const liveRate: ReadonlySignal<number | undefined> = rate;
/** Time of the latest message, Unix milliseconds; 0 before the first. */
export const liveAtMs: ReadonlySignal<number> = messageAtMs;

/** Opens the stream, and closes it while the tab is hidden, because a browser allows few connections to one host. */
export function startLive(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) disconnect();
    else if (state.value !== 'paused') connect();
  });
  connect();
}

/** Stops all updates until `resumeLive`, so that the views stay as they are. */
export function pauseLive(): void {
  disconnect();
  state.value = 'paused';
}

/** Opens the stream again; all views reload. */
export function resumeLive(): void {
  state.value = 'connecting';
  connect();
}

/**
 * Calls `work` when one of `topics` has new data, at most once in `gapMs`; a change within the gap is handled at its
 * end. Returns the function that stops it.
 */
export function onChange(topics: readonly Topic[], gapMs: number, work: () => void): () => void {
  let timer = 0;
  let lastMs = 0;
  const run = (): void => {
    timer = 0;
    lastMs = Date.now();
    work();
  };
  const listener = (changed: readonly Topic[]): void => {
    if (timer !== 0 || !changed.some((topic) => topics.includes(topic))) return;
    timer = window.setTimeout(run, Math.max(0, lastMs + gapMs - Date.now()));
  };
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    window.clearTimeout(timer);
  };
}

function connect(): void {
  disconnect();
  source = new EventSource('/api/live');
  source.onopen = opened;
  source.addEventListener('change', (event) => receive(String(event.data)));
  source.onerror = retry;
}

function disconnect(): void {
  window.clearTimeout(retryTimer);
  source?.close();
  source = undefined;
}

function opened(): void {
  const wasAway = state.value !== 'live' && (retries > 0 || messageAtMs.value > 0);
  state.value = 'live';
  retries = 0;
  messageAtMs.value = Date.now();
  // Changes during the interruption are unknown, so all views reload.
  if (wasAway) notify(['traces', 'metrics', 'logs', 'events']);
}

function receive(data: string): void {
  messageAtMs.value = Date.now();
  const change = parseChange(data);
  if (change === undefined) return;
  rate.value = change.payments_per_second;
  notify(change.signals);
}

function parseChange(data: string): LiveChange | undefined {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function notify(topics: readonly Topic[]): void {
  for (const listener of listeners) listener(topics);
}

/** Browsers retry only when the response was a stream; our own timer covers all cases. */
function retry(): void {
  disconnect();
  state.value = 'reconnecting';
  const waitMs = RETRY_MS[Math.min(retries, RETRY_MS.length - 1)];
  retries += 1;
  retryTimer = window.setTimeout(connect, waitMs);
}
