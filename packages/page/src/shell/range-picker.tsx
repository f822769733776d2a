/** Selects the time range. */
import type { VNode } from 'preact';
import { go, hereWith } from '../data/location.ts';
import { DEFAULT_RANGE, RANGES, range } from '../data/range.ts';

/** A native select; it lists a fixed range from an address only while that range is selected. */
export function RangePicker(): VNode {
  const chosen = range.value;
  return (
    <select
      class="control"
      aria-label="Time range"
      value={chosen.name}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {chosen.name === 'fixed' && <option value="fixed">{chosen.label}</option>}
      {RANGES.map((one) => (
        <option key={one.name} value={one.name}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

function choose(name: string): void {
  if (name === 'fixed') return;
  go(
    hereWith({ range: name === DEFAULT_RANGE ? undefined : name, from: undefined, to: undefined }),
  );
}
