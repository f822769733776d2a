/** The address holds the state (filters, range, selection), so that each view can be shared and Back works. */
import { type ReadonlySignal, signal } from '@preact/signals';

/** A location in the UI. */
export interface Place {
  /** Path without a trailing slash, `/payments/stripe/pi_1`. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Changes to the query; undefined removes a parameter. */
export type QueryChange = Readonly<Record<string, string | undefined>>;

const HOME = '/payments';
/** Parameters that are kept when the view changes. */
const CARRIED = ['range', 'from', 'to'];
const current = signal<Place>(readPlace());
const listQuery = signal('');

/** The current location. */
export const place: ReadonlySignal<Place> = current;

/** Follows the address bar, and handles clicks on internal links without a reload. */
export function startLocation(): void {
  history.scrollRestoration = 'manual';
  if (location.pathname === '/') history.replaceState(null, '', HOME + location.search);
  current.value = readPlace();
  addEventListener('popstate', (event) => {
    current.value = readPlace();
    restoreScroll(event.state);
  });
  document.addEventListener('click', followLink);
}

/** Navigates to an internal address; `replace` replaces the current history entry. */
export function go(address: string, replace = false): void {
  if (replace) {
    history.replaceState(history.state, '', address);
    current.value = readPlace();
    return;
  }
  history.replaceState({ ...history.state, scrollY }, '');
  const leaving = current.value.path;
  if (leaving === HOME) listQuery.value = location.search;
  history.pushState({ fromList: leaving === HOME }, '', address);
  current.value = readPlace();
  if (leaving !== current.value.path) scrollTo(0, 0);
}

/** Address of another view with the current range. */
export function viewAddress(path: string): string {
  const query = new URLSearchParams();
  for (const name of CARRIED) {
    const value = current.value.query.get(name);
    if (value !== null) query.set(name, value);
  }
  return withQuery(path, query);
}

/** Address of this view with a changed query. */
export function hereWith(change: QueryChange): string {
  const query = new URLSearchParams(current.value.query);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '') query.delete(name);
    else query.set(name, value);
  }
  return withQuery(current.value.path, query);
}

/** Address of the list with its latest filters. */
export function listAddress(): string {
  return listQuery.value === '' ? viewAddress(HOME) : HOME + listQuery.value;
}

/** Goes from a trail to the list: one step back when the trail was opened from it, which restores its position. */
export function goToList(): void {
  if (history.state?.fromList === true) history.back();
  else go(listAddress());
}

/** Address of one payment's trail. */
export function paymentAddress(payment: {
  readonly provider: string;
  readonly id: string;
}): string {
  const { provider, id } = payment;
  return viewAddress(`${HOME}/${encodeURIComponent(provider)}/${encodeURIComponent(id)}`);
}

function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

function readPlace(): Place {
  const path = location.pathname.replace(/\/+$/, '') || HOME;
  return { path, query: new URLSearchParams(location.search) };
}

function restoreScroll(state: { scrollY?: unknown } | null): void {
  const top = typeof state?.scrollY === 'number' ? state.scrollY : 0;
  // The view is drawn in the next frame; until then the page is too short to scroll.
  afterFrames(2, () => scrollTo(0, top));
}

/** Runs `work` after a number of frames. */
export function afterFrames(frames: number, work: () => void): void {
  if (frames === 0) work();
  else requestAnimationFrame(() => afterFrames(frames - 1, work));
}

function followLink(event: MouseEvent): void {
  const plain =
    event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!plain || event.defaultPrevented || link === null || !isInner(link)) return;
  event.preventDefault();
  go(link.pathname + link.search, link.dataset['replace'] !== undefined);
}

function isInner(link: HTMLAnchorElement): boolean {
  const isPage = !link.pathname.startsWith('/api/') && !link.hash;
  return (
    isPage &&
    link.origin === location.origin &&
    link.target === '' &&
    !link.hasAttribute('download')
  );
}
