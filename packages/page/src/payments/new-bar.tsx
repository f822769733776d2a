/** Says how many rows wait above the list. */
import type { VNode } from 'preact';
import { formatCount } from '../data/money.ts';
import { Icon } from '../ui/icon.tsx';
import { showWaiting } from './rows.ts';

/** Lies over the list and takes no room, so that its coming moves nothing. Its count is read out. */
export function NewBar(props: { readonly count: number; readonly more: boolean }): VNode {
  const show = (): void => {
    showWaiting();
    document.querySelector('.list')?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div class="new-bar" role="status" aria-live="polite">
      {props.count > 0 && (
        <button type="button" onClick={show}>
          <Icon name="up" />
          {formatCount(props.count)}
          {props.more ? '+' : ''} new
        </button>
      )}
    </div>
  );
}
