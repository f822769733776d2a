/** Icons of the UI, drawn as paths so that they do not depend on fonts. */
import type { VNode } from 'preact';

const PATHS = {
  check: 'M2.5 6.5 5 9l4.5-6',
  cross: 'm3 3 6 6m0-6-6 6',
  clock: 'M6 2.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6M6 4v2.2l1.6 1',
  dash: 'M3 6h6',
  pause: 'M4 3v6m4-6v6',
  play: 'm4 2.8 5 3.2-5 3.2z',
  up: 'M6 9.5v-7m-3 3 3-3 3 3',
  copy: 'M4.5 4.5h5v5h-5zM7.5 4.5v-2h-5v5h2',
  warning: 'M6 2 1.6 10h8.8zM6 5.2v2m0 1.3v.1',
} as const;

/** Name of an icon. */
export type IconName = keyof typeof PATHS;

/** An icon next to text; it is never alone, so it is hidden from screen readers. */
export function Icon(props: { readonly name: IconName }): VNode {
  return (
    <svg class="icon" viewBox="0 0 12 12" aria-hidden="true">
      <path d={PATHS[props.name]} />
    </svg>
  );
}
