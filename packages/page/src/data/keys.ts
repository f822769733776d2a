/** Keyboard shortcuts of all views. A row is any element with `data-row`, in document order. */
import { go, goToList, place } from './location.ts';

/** Keys and what they do, for the list of shortcuts. */
export const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'search'],
  ['j k ↓ ↑', 'next and previous row'],
  ['Enter', 'open the row'],
  ['Esc', 'go up, or leave the search'],
  ['p', 'pause or resume live updates'],
];

/** Starts listening for the keys. */
export function startKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    const action = isField(event.target) ? FIELD_KEYS[event.key] : ROW_KEYS[event.key];
    if (action?.() === true) event.preventDefault();
  });
}

/** Focuses the first visible row; returns false when there is none. */
export function focusFirstRow(): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const first = rows.find((row) => row.getBoundingClientRect().top >= 0) ?? rows[0];
  first?.focus();
  return first !== undefined;
}

/** Focuses the row that links to a path; returns false when there is none. */
export function focusRow(path: string): boolean {
  const rows = [...document.querySelectorAll<HTMLAnchorElement>('a[data-row]')];
  const row = rows.find((one) => one.pathname === path);
  row?.focus({ preventScroll: true });
  return row !== undefined;
}

type Action = () => boolean;

const FIELD_KEYS: Readonly<Record<string, Action>> = { Escape: leaveField };

const ROW_KEYS: Readonly<Record<string, Action>> = {
  '/': focusSearch,
  j: () => moveRow(1),
  k: () => moveRow(-1),
  ArrowDown: () => moveRow(1),
  ArrowUp: () => moveRow(-1),
  Escape: goUp,
  p: () => press('pause'),
};

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

function leaveField(): boolean {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  return true;
}

function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>('[data-key="search"]');
  search?.focus();
  search?.select();
  return search !== null;
}

function press(name: string): boolean {
  const button = document.querySelector<HTMLElement>(`[data-key="${name}"]`);
  button?.click();
  return button !== null;
}

function moveRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row.matches(':focus'));
  if (at === -1) return focusFirstRow();
  rows[at + step]?.focus();
  return true;
}

/** Goes up one step: from a focused row to the view, from a trail to the list, from the list to the list without filters. */
function goUp(): boolean {
  if (document.querySelector(':popover-open') !== null) return false;
  const { path, query } = place.value;
  if (/^\/payments\/./.test(path)) goToList();
  else if (path === '/payments' && (query.has('q') || query.has('show'))) go('/payments');
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  return true;
}
