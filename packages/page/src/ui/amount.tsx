/** An amount, with its currency in small letters after it. */
import type { VNode } from 'preact';
import { type AmountProps, formatMinor } from '../data/money.ts';

/** Shows a dash without an amount. Without a known exponent it shows minor units and labels them. */
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
