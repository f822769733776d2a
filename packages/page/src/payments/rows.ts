/** The rows of the list: loaded page by page, kept while another view is open, updated without moving. */

import type { PaymentPage } from '@moneytrail/store';
import { batch, effect, type ReadonlySignal, signal } from '@preact/signals';
import { type Failure, request } from '../data/api.ts';
import { oneAtATime } from '../data/resource.ts';
import { listKey, pageAddress } from './filter.ts';
import { appendPage, followFresh, holdFresh, type ListRows, startRows } from './merge.ts';

const FIRST_PAGE = 200;
const NEXT_PAGE = 1000;

const state = signal<ListRows | undefined>(undefined);
const failed = signal<Failure | undefined>(undefined);
const respondedMs = signal(0);
/** True while a row is hovered or focused, or the list is scrolled down: then nothing moves. */
const held = signal(false);
let shownKey = '';

/** The rows; undefined before the first response. */
export const rows: ReadonlySignal<ListRows | undefined> = state;
/** Why the latest request failed. */
export const rowsFailure: ReadonlySignal<Failure | undefined> = failed;
/** Time of the last successful response, Unix milliseconds. */
export const rowsAtMs: ReadonlySignal<number> = respondedMs;

/** Loads the newest rows. After a change of filter or range, the list starts anew. */
export const refreshRows: () => Promise<void> = oneAtATime(async () => {
  const key = listKey.peek();
  const page = await load(pageAddress(FIRST_PAGE));
  if (page === undefined || key !== listKey.peek()) return;
  const known = key === shownKey ? state.peek() : undefined;
  shownKey = key;
  if (known === undefined) state.value = startRows(page);
  else state.value = held.peek() ? holdFresh(known, page) : followFresh(known, page);
});

/** Loads the rows below the last one; does nothing at the end. */
export const loadMore: () => Promise<void> = oneAtATime(async () => {
  const next = state.peek()?.next;
  if (next === undefined) return;
  const key = listKey.peek();
  const page = await load(pageAddress(NEXT_PAGE, next));
  const known = state.peek();
  if (page === undefined || known === undefined || key !== shownKey || known.next !== next) return;
  state.value = appendPage(known, page);
});

/** Holds new rows back, or shows them at once. */
export function holdRows(hold: boolean): void {
  if (held.peek() === hold) return;
  held.value = hold;
  if (!hold && (state.peek()?.waiting.length ?? 0) > 0) showWaiting();
}

/** Moves the rows held back to the top of the list. */
export function showWaiting(): void {
  const known = state.peek();
  if (known === undefined) return;
  if (known.gap) void restart();
  else state.value = { ...known, shown: [...known.waiting, ...known.shown], waiting: [] };
}

/** Reloads on each change of filter, search or range. Returns the function that stops it. */
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
  const result = await request<PaymentPage>(address);
  return batch(() => {
    failed.value = 'failure' in result ? result.failure : undefined;
    if ('failure' in result) return undefined;
    respondedMs.value = Date.now();
    return result.value;
  });
}
