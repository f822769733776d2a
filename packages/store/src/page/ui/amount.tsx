/** An amount with its currency small behind it. */
import type { VNode } from 'preact';
import { formatMinor } from '../data/money.ts';

/** Money as the contract carries it; every part may be missing. */
export interface AmountProps {
  readonly amount_minor?: string | undefined;
  readonly currency?: string | undefined;
  readonly exponent?: number | undefined;
}

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

/** The same as plain text: `120.00 USD`. */
export function amountText(props: AmountProps): string {
  if (props.amount_minor === undefined) return '';
  const unit = props.exponent === undefined ? ' minor' : '';
  return `${formatMinor(props.amount_minor, props.exponent)} ${props.currency ?? ''}${unit}`.trimEnd();
}
