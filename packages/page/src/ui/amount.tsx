/** An amount with its currency small behind it. */
import type { VNode } from 'preact';
import { type AmountProps, formatMinor } from '../data/money.ts';

/** Shows a dash when there is no amount. Without a known exponent the minor units are shown and named as such. */
export function Amount(props: AmountProps): VNode {
  if (props.amount_minor === undefined) return <span class="quiet">–</span>;
  const unit = props.exponent === undefined ? ' minor' : '';
  return (
    <span class="amount">
      {formatMinor(props.amount_minor, props.exponent)}{' '}
      <span class="currency">
        {props.currency ?? ''}
        {unit}
      </span>
    </span>
  );
}
