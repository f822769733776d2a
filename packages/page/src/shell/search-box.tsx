/** Searches payments by id, trace or text, from every view. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { focusFirstRow } from '../data/keys.ts';
import { go, hereWith, place, viewAddress } from '../data/location.ts';

const TYPING_MS = 200;

/** The list updates during typing; Enter focuses its first row. */
export function SearchBox(): VNode {
  const timer = useRef(0);
  const later = (text: string): void => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => search(text), TYPING_MS);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    window.clearTimeout(timer.current);
    const field = document.querySelector<HTMLInputElement>('[data-key="search"]');
    search(field?.value ?? '');
    focusFirstRow();
  };
  return (
    <search class="search">
      <form onSubmit={submit}>
        <input
          type="search"
          name="q"
          class="control"
          placeholder="Search payments"
          aria-label="Search payments by payment id, trace id or text"
          autocomplete="off"
          spellcheck={false}
          data-key="search"
          value={place.value.query.get('q') ?? ''}
          onInput={(event) => later(event.currentTarget.value)}
        />
        <span class="key" aria-hidden="true">
          /
        </span>
      </form>
    </search>
  );
}

/** In the list, typing replaces the address, so that one step back undoes the whole search. */
function search(text: string): void {
  const asked = text.trim();
  if (asked === (place.value.query.get('q') ?? '')) return;
  if (place.value.path === '/payments') {
    go(hereWith({ q: asked }), place.value.query.has('q'));
    return;
  }
  const target = viewAddress('/payments');
  go(`${target}${target.includes('?') ? '&' : '?'}${new URLSearchParams({ q: asked })}`);
}
