/** Media queries as signals. */
import { type ReadonlySignal, signal } from '@preact/signals';

/** True on a narrow screen, where tables become two lines a row. The width is that of `style/`. */
export const isNarrow: ReadonlySignal<boolean> = watch('(max-width: 45rem)');
/** True in the dark theme. */
export const isDark: ReadonlySignal<boolean> = watch('(prefers-color-scheme: dark)');

/** Pixels of one `rem`, which follows the font size of the browser. */
export function remPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

function watch(condition: string): ReadonlySignal<boolean> {
  const query = matchMedia(condition);
  const matches = signal(query.matches);
  query.addEventListener('change', () => {
    matches.value = query.matches;
  });
  return matches;
}
