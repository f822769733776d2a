/** The rows of the list: loaded page by page, kept while the reader is elsewhere, and fresh without moving. */

import type { PaymentPage } from '@moneytrail/store';
import { batch, effect, type ReadonlySignal, signal } from '@preact/signals';
import { ask, type Failure } from '../data/api.ts';
import { oneAtATime } from '../data/resource.ts';
import { listKey, pageAddress } from './filter.ts';
import { appendPage, followFresh, holdFresh, type ListRows, startRows } from './merge.ts';

const FIRST_PAGE = 200;
const NEXT_PAGE = 1000;

const state = signal<ListRows | undefined>(undefined);
const failed = signal<Failure | undefined>(undefined);
const answeredMs = signal(0);
/** True while the reader points at a row or has scrolled away from the top: then nothing moves. */
const held = signal(false);
let shownKey = '';

/** The rows; undefined before the first answer. */
export const rows: ReadonlySignal<ListRows | undefined> = state;
/** Why the newest try failed. */
export const rowsFailure: ReadonlySignal<Failure | undefined> = failed;
/** When the last good answer came, Unix milliseconds. */
export const rowsAtMs: ReadonlySignal<number> = answeredMs;

/** Asks for the newest rows. Another filter or range begins a new list. */
export const refreshRows: () => Promise<void> = oneAtATime(async () => {
  const key = listKey.peek();
  const page = await load(pageAddress(FIRST_PAGE));
  if (page === undefined || key !== listKey.peek()) return;
  const known = key === shownKey ? state.peek() : undefined;
  shownKey = key;
  if (known === undefined) state.value = startRows(page);
  else state.value = held.peek() ? holdFresh(known, page) : followFresh(known, page);
});

/** Asks for the rows below the last one; nothing happens at the end. */
export const loadMore: () => Promise<void> = oneAtATime(async () => {
  const next = state.peek()?.next;
  if (next === undefined) return;
  const key = listKey.peek();
  const page = await load(pageAddress(NEXT_PAGE, next));
  const known = state.peek();
  if (page === undefined || known === undefined || key !== shownKey || known.next !== next) return;
  state.value = appendPage(known, page);
});

/** Holds new rows back, or lets the list follow them. */
export function holdRows(hold: boolean): void {
  if (held.peek() === hold) return;
  held.value = hold;
  if (!hold && (state.peek()?.waiting.length ?? 0) > 0) showWaiting();
}

/** Puts the waiting rows on top. */
export function showWaiting(): void {
  const known = state.peek();
  if (known === undefined) return;
  if (known.gap) void restart();
  else state.value = { ...known, shown: [...known.waiting, ...known.shown], waiting: [] };
}

/** Loads anew whenever filter, search or range change, as long as the view is open. Returns what stops it. */
export function followFilter(): () => void {
  return effect(() => {
    const isOther = listKey.value !== shownKey;
    if (isOther) state.value = undefined;
    void refreshRows();
  });
}

async function restart(): Promise<void> {
  shownKey = '';
  await refreshRows();
}

async function load(address: string): Promise<PaymentPage | undefined> {
  const answer = await ask<PaymentPage>(address);
  return batch(() => {
    failed.value = 'failure' in answer ? answer.failure : undefined;
    if ('failure' in answer) return undefined;
    answeredMs.value = Date.now();
    return answer.value;
  });
}
