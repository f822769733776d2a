/** One row of the list of payments. */

import type { PaymentRow } from '@moneytrail/store';
import type { VNode } from 'preact';
import { paymentAddress } from '../data/location.ts';
import { formatMinor } from '../data/money.ts';
import { duration, rowTime } from '../data/time.ts';
import { plain, shortId } from '../data/words.ts';
import { Amount } from '../ui/amount.tsx';
import { Outcome } from '../ui/outcome.tsx';

/** A row; the whole of it links to the trail. */
export function PaymentLine(props: { readonly row: PaymentRow; readonly index: number }): VNode {
  const { row } = props;
  return (
    <tr class="line" aria-rowindex={props.index + 2}>
      <td class="time mono">{rowTime(row.at_ms)}</td>
      <td class="outcome">
        <Outcome outcome={row.outcome} />
        <Remark row={row} />
      </td>
      <td class="money">
        <Amount amount_minor={row.amount_minor} currency={row.currency} exponent={row.exponent} />
      </td>
      <td class="method quiet" title={methodText(row)}>
        {methodText(row)}
      </td>
      <td class="money fees quiet">{feesText(row)}</td>
      <td class="took quiet">{row.took_ms === undefined ? '–' : duration(row.took_ms)}</td>
      <td class="id">
        <a class="mono" href={paymentAddress(row)} title={`${row.provider} ${row.id}`} data-row>
          {shortId(row.id)}
        </a>
      </td>
    </tr>
  );
}

function Remark(props: { readonly row: PaymentRow }): VNode {
  const { row } = props;
  const remarks = [
    row.reason === undefined ? '' : plain(row.reason),
    row.disputed ? 'disputed' : '',
    row.contradictory ? 'contradictory events' : '',
    refundRemark(row),
  ].filter((text) => text !== '');
  return <span class="remark quiet">{remarks.join(' · ')}</span>;
}

function refundRemark(row: PaymentRow): string {
  if (row.refunded_minor === '0') return '';
  return row.refunded_minor === row.amount_minor ? 'refunded' : 'partially refunded';
}

function methodText(row: PaymentRow): string {
  const words = [row.method, row.purpose].filter((word) => word !== undefined).map(plain);
  return words.length === 0 ? row.provider : words.join(' · ');
}

/** Fee and commissions in the currency of the payment: `18.00 + 12.00`. */
function feesText(row: PaymentRow): string {
  const parts = [row.fee_minor, row.commission_minor].filter((part) => part !== undefined);
  const isNothing = parts.every((part) => part === '0');
  return isNothing ? '–' : parts.map((part) => formatMinor(part, row.exponent)).join(' + ');
}
