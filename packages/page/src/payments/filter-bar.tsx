/** The filters, each with the number of payments that match. */

import type { Summary } from '@moneytrail/store';
import type { VNode } from 'preact';
import { hereWith } from '../data/location.ts';
import { formatCount } from '../data/money.ts';
import { FILTERS, filter, searched } from './filter.ts';

/** Filters are links, because each of them is an address. */
export function FilterBar(props: { readonly counts: Summary['counts'] | undefined }): VNode {
  const chosen = filter.value.name;
  return (
    <nav class="chips" aria-label="Filters">
      {FILTERS.map(({ name, label }) => (
        <a
          key={name}
          class="chip"
          href={hereWith({ show: name === 'all' ? undefined : name })}
          aria-current={name === chosen ? 'true' : undefined}
        >
          {label}
          {name !== 'all' && props.counts !== undefined && (
            <span class="chip-count"> {formatCount(props.counts[name])}</span>
          )}
        </a>
      ))}
      {searched.value !== '' && (
        <a
          class="chip"
          href={hereWith({ q: undefined })}
          aria-label={`Clear the search for ${searched.value}`}
        >
          “{searched.value}” ×
        </a>
      )}
    </nav>
  );
}
