/** Which payments the list shows, as the address says. */

import type { Summary } from '@moneytrail/store';
import { computed, type ReadonlySignal } from '@preact/signals';
import { place } from '../data/location.ts';
import { range, rangeQuery } from '../data/range.ts';

/** Name of a filter: the counts of the summary have the same names. */
export type FilterName = keyof Summary['counts'];

/** A filter as a reader sees it. */
export interface Filter {
  readonly name: FilterName;
  readonly label: string;
  /** Words for `No … payments`. */
  readonly words: string;
  /** What the store is asked. */
  readonly query: Readonly<Record<string, string>>;
}

/** The filters, in the order of their buttons. */
export const FILTERS: readonly Filter[] = [
  { name: 'all', label: 'All', words: '', query: {} },
  { name: 'failed', label: 'Failed', words: 'failed', query: { outcome: 'failed' } },
  {
    name: 'needs_action',
    label: 'Needs action',
    words: 'waiting',
    query: { outcome: 'needs_action' },
  },
  { name: 'refunded', label: 'Refunded', words: 'refunded', query: { flag: 'refunded' } },
  { name: 'slow', label: 'Slow > 2 s', words: 'slow', query: { flag: 'slow' } },
  { name: 'disputed', label: 'Disputed', words: 'disputed', query: { flag: 'disputed' } },
  {
    name: 'contradictory',
    label: 'Contradictory',
    words: 'contradictory',
    query: { flag: 'contradictory' },
  },
];

/** The filter of the address; an unknown one means all. */
export const filter: ReadonlySignal<Filter> = computed(() => {
  const name = place.value.query.get('show');
  return FILTERS.find((one) => one.name === name) ?? allFilter;
});

/** What is searched for; empty when nothing. */
export const searched: ReadonlySignal<string> = computed(() => place.value.query.get('q') ?? '');

/** Changes when the list is to be another one; a moving range keeps its key. */
export const listKey: ReadonlySignal<string> = computed(() => {
  const { name, fromMs, toMs } = range.value;
  return [filter.value.name, searched.value, name, fromMs, toMs].join(' ');
});

/** Address of one page of the list. */
export function pageAddress(limit: number, before?: string): string {
  const query = rangeQuery(range.value, Date.now());
  for (const [name, value] of Object.entries(filter.value.query)) query.set(name, value);
  if (searched.value !== '') query.set('q', searched.value);
  query.set('limit', String(limit));
  if (before !== undefined) query.set('before', before);
  return `/api/payments?${query}`;
}

const allFilter: Filter = { name: 'all', label: 'All', words: '', query: {} };
