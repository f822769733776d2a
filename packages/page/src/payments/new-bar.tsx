/** The number of new rows that are held back above the list. */
import type { VNode } from 'preact';
import { formatCount } from '../data/money.ts';
import { Icon } from '../ui/icon.tsx';
import { showWaiting } from './rows.ts';

/** A button over the list, which does not move the rows when it appears. Screen readers announce its count. */
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
