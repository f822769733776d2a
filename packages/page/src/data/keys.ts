/** The keys that work in every view. A row is whatever has `data-row`, in the order of the document. */
import { go, goToList, place } from './location.ts';

/** Keys and what they do, for the list of keys. */
export const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'search'],
  ['j k ↓ ↑', 'next and previous row'],
  ['Enter', 'open the row'],
  ['Esc', 'up, or leave the search'],
  ['p', 'pause and resume'],
];

/** Listens for the keys. */
export function startKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    const action = isField(event.target) ? FIELD_KEYS[event.key] : ROW_KEYS[event.key];
    if (action?.() === true) event.preventDefault();
  });
}

/** Puts the focus on the first row that can be seen; false when there is none. */
export function focusFirstRow(): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const first = rows.find((row) => row.getBoundingClientRect().top >= 0) ?? rows[0];
  first?.focus();
  return first !== undefined;
}

/** Puts the focus on the row that leads to a path; false when it is not there. */
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

/** A row loses the focus first; then the trail leads to the list, and the list to itself without filters. */
function goUp(): boolean {
  if (document.querySelector(':popover-open') !== null) return false;
  const { path, query } = place.value;
  if (/^\/payments\/./.test(path)) goToList();
  else if (path === '/payments' && (query.has('q') || query.has('show'))) go('/payments');
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  return true;
}
