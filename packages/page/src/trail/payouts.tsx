/** The payouts that contain commissions of the payment. */

import type { PayoutRow } from '@moneytrail/store';
import type { VNode } from 'preact';
import { moment } from '../data/time.ts';
import { plain } from '../data/words.ts';
import { Amount } from '../ui/amount.tsx';

/** A small table; nothing before a commission is paid out. */
export function Payouts(props: { readonly payouts: readonly PayoutRow[] }): VNode | null {
  if (props.payouts.length === 0) return null;
  return (
    <section aria-label="Payouts">
      <div class="section-head">
        <h2>Payouts with commissions of this payment</h2>
      </div>
      <div class="panel">
        <table class="plain-table" aria-label="Payouts">
          <tbody>
            {props.payouts.map((payout) => (
              <tr key={`${payout.provider} ${payout.id}`}>
                <td class="mono break">{payout.id}</td>
                <td>{plain(payout.status)}</td>
                <td class="quiet">{moment(payout.at_ms)}</td>
                <td class="money">
                  <Amount
                    amount_minor={payout.amount_minor}
                    currency={payout.currency}
                    exponent={payout.exponent}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
