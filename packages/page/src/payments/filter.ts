/** The filters of the list, which live in the address. */

import type { Summary } from '@moneytrail/store';
import { computed, type ReadonlySignal } from '@preact/signals';
import { place } from '../data/location.ts';
import { range, rangeQuery } from '../data/range.ts';

/** Name of a filter, the same as its count in the summary. */
export type FilterName = keyof Summary['counts'];

/** A filter and its texts. */
export interface Filter {
  readonly name: FilterName;
  readonly label: string;
  /** Text in `No … payments`. */
  readonly words: string;
  /** The query parameters of the request. */
  readonly query: Readonly<Record<string, string>>;
}

/** The filters, in the order of their buttons. */
export const FILTERS: readonly Filter[] = [
  { name: 'all', label: 'All', words: '', query: {} },
  { name: 'failed', label: 'Failed', words: 'failed', query: { outcome: 'failed' } },
  {
    name: 'needs_action',
    label: 'Action required',
    words: 'action required',
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

/** The filter in the address; an unknown name selects all payments. */
export const filter: ReadonlySignal<Filter> = computed(() => {
  const name = place.value.query.get('show');
  return FILTERS.find((one) => one.name === name) ?? allFilter;
});

/** The search text; empty without a search. */
export const searched: ReadonlySignal<string> = computed(() => place.value.query.get('q') ?? '');

/** Changes when the list must be loaded anew; a moving range keeps its key. */
export const listKey: ReadonlySignal<string> = computed(() => {
  const { name, fromMs, toMs } = range.value;
  return [filter.value.name, searched.value, name, fromMs, toMs].join(' ');
});

/** API address of one page of the list. */
export function pageAddress(limit: number, before?: string): string {
  const query = rangeQuery(range.value, Date.now());
  for (const [name, value] of Object.entries(filter.value.query)) query.set(name, value);
  if (searched.value !== '') query.set('q', searched.value);
  query.set('limit', String(limit));
  if (before !== undefined) query.set('before', before);
  return `/api/payments?${query}`;
}

const allFilter: Filter = { name: 'all', label: 'All', words: '', query: {} };
