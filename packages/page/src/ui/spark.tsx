/** The sparkline under a total. */
import type { VNode } from 'preact';

const WIDTH = 220;
const HEIGHT = 24;
const EDGE = 2;

/** Draws a line with gaps where there is no value; nothing with fewer than two values. */
export function Spark(props: {
  readonly line: readonly (number | null)[];
  readonly tone: 'accent' | 'server' | 'client';
}): VNode {
  const known = props.line.filter((value) => value !== null);
  return (
    <svg
      class={`spark ${props.tone}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {known.length > 1 && <path d={pathOf(props.line, Math.min(...known), Math.max(...known))} />}
    </svg>
  );
}

function pathOf(line: readonly (number | null)[], low: number, high: number): string {
  const stepX = WIDTH / (line.length - 1);
  const span = high - low;
  let pen = 'M';
  let path = '';
  for (const [index, value] of line.entries()) {
    if (value === null) {
      pen = 'M';
      continue;
    }
    // A constant line is drawn in the middle; at the bottom it would look like zero.
    const share = span === 0 ? 0.5 : (value - low) / span;
    const y = HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE);
    path += `${pen}${(index * stepX).toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  }
  return path;
}
