/** Shows whether the view is live, and pauses it. */
import type { VNode } from 'preact';
import {
  type LiveState,
  liveAtMs,
  liveRate,
  liveState,
  pauseLive,
  resumeLive,
} from '../data/live.ts';
import { clock } from '../data/time.ts';
import { Icon } from '../ui/icon.tsx';

/** State of the stream, and the pause button. */
export function LiveControl(): VNode {
  const state = liveState.value;
  const paused = state === 'paused';
  return (
    <div class="live" data-state={state}>
      <span class="live-dot" aria-hidden="true" />
      <span>
        {state}
        <span class="live-more">{moreText(state)}</span>
      </span>
      <button
        type="button"
        class="control small"
        data-key="pause"
        aria-label={paused ? 'Resume live updates' : 'Pause live updates'}
        onClick={paused ? resumeLive : pauseLive}
      >
        <Icon name={paused ? 'play' : 'pause'} />
        <span class="live-more">{paused ? 'Resume' : 'Pause'}</span>
      </button>
    </div>
  );
}

function moreText(state: LiveState): string {
  if (state === 'live')
    return liveRate.value === undefined ? '' : ` · ${liveRate.value.toFixed(1)} payments/s`;
  if (liveAtMs.value === 0) return '';
  return state === 'paused'
    ? ` at ${clock(liveAtMs.value)}`
    : ` · last update ${clock(liveAtMs.value)}`;
}
