/** Navigation between the views, each with its most important number. */

import type { StoreStatus } from '@moneytrail/store';
import type { VNode } from 'preact';
import { KEYS } from '../data/keys.ts';
import { place, viewAddress } from '../data/location.ts';
import { formatCount } from '../data/money.ts';
import { droppedCount, drops, health, healthCount, status, summary } from '../data/overview.ts';
import { duration } from '../data/time.ts';

interface Entry {
  readonly path: string;
  readonly label: string;
  readonly count?: string | undefined;
  /** Meaning of the count, for screen readers. */
  readonly meaning?: string;
  readonly bad?: boolean;
}

/** At the side on a wide screen, at the bottom on a narrow one. */
export function SideBar(): VNode {
  return (
    <div class="side">
      <nav aria-label="Views">
        <ul>
          {entries().map((entry) => (
            <li key={entry.path}>
              <NavLink {...entry} />
            </li>
          ))}
        </ul>
      </nav>
      <footer class="side-foot">
        <StoreLine />
        <KeyList />
      </footer>
    </div>
  );
}

function entries(): readonly Entry[] {
  const lost = droppedCount(drops.value.value);
  const rows = health.value.value;
  const payments = summary.value.value?.payments;
  return [
    {
      path: '/payments',
      label: 'Payments',
      count: payments === undefined ? undefined : formatCount(payments),
    },
    { path: '/events', label: 'Events' },
    { path: '/metrics', label: 'Metrics' },
    {
      path: '/health',
      label: 'Health',
      count: healthCount(rows),
      meaning: 'checks healthy',
      bad: rows?.some((row) => row.status === 'unhealthy') ?? false,
    },
    {
      path: '/dropped',
      label: 'Dropped',
      count: lost === undefined ? undefined : formatCount(lost),
      bad: lost !== undefined && lost > 0,
    },
  ];
}

function NavLink(entry: Entry): VNode {
  const here = place.value.path;
  const isHere = here === entry.path || here.startsWith(`${entry.path}/`);
  return (
    <a class="nav-link" href={viewAddress(entry.path)} aria-current={isHere ? 'page' : undefined}>
      <span>{entry.label}</span>
      {entry.count !== undefined && (
        <span class={entry.bad ? 'nav-count bad' : 'nav-count'}>
          {entry.count}
          {entry.meaning !== undefined && <span class="hidden"> {entry.meaning}</span>}
        </span>
      )}
    </a>
  );
}

function StoreLine(): VNode | null {
  const store = status.value.value;
  if (store === undefined) return null;
  const service = store.services[0];
  const more = store.services.length > 1 ? ` and ${store.services.length - 1} more` : '';
  return (
    <p>
      {service !== undefined && (
        <>
          {service.name} {service.version}
          {more}
          <br />
        </>
      )}
      Retention: {duration(store.keep_ms)}
      <br />
      {sizeText(store)}
    </p>
  );
}

function sizeText(store: StoreStatus): string {
  const megabytes = (bytes: number): string => formatCount(Math.round(bytes / 1_000_000));
  return `Storage: ${megabytes(store.size_bytes)} of ${megabytes(store.max_bytes)} MB`;
}

function KeyList(): VNode {
  return (
    <>
      <button type="button" class="plain" popovertarget="keys">
        Keyboard shortcuts
      </button>
      <div id="keys" popover="auto" class="popover">
        <h2>Keyboard shortcuts</h2>
        <dl class="pairs">
          {KEYS.map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}
