/** Says whether what is seen is of now, and lets the reader hold it. */
import type { VNode } from 'preact';
import { type LiveState, liveAtMs, liveRate, liveState, pauseLive, resumeLive } from '../data/live.ts';
import { clock } from '../data/time.ts';
import { Icon } from '../ui/icon.tsx';

/** State of the stream and the one pause control. */
export function LiveControl(): VNode {
  const state = liveState.value;
  const paused = state === 'paused';
  return (
    <div class="live" data-state={state}>
      <span class="live-dot" aria-hidden="true" />
      <span class="live-text">{liveText(state)}</span>
      <button
        type="button"
        class="control small"
        data-key="pause"
        aria-label={paused ? 'Resume live updates' : 'Pause live updates'}
        onClick={paused ? resumeLive : pauseLive}
      >
        <Icon name={paused ? 'play' : 'pause'} />
        {paused ? 'Resume' : 'Pause'}
      </button>
    </div>
  );
}

function liveText(state: LiveState): string {
  const last = liveAtMs.value === 0 ? '' : ` · last heard ${clock(liveAtMs.value)}`;
  switch (state) {
    case 'connecting':
      return 'connecting';
    case 'live':
      return liveRate.value === undefined ? 'live' : `live · ${liveRate.value.toFixed(1)} payments/s`;
    case 'reconnecting':
      return `reconnecting${last}`;
    case 'paused':
      return `paused${last.replace('last heard', 'at')}`;
  }
}
