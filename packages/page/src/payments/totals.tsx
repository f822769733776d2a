/** The totals above the list. */

import type { CurrencyTotal, Summary } from '@moneytrail/store';
import type { ComponentChildren, VNode } from 'preact';
import { formatCount, formatMinor } from '../data/money.ts';
import { duration } from '../data/time.ts';
import { Amount } from '../ui/amount.tsx';
import { Spark } from '../ui/spark.tsx';

/** Captured amounts per currency, largest first, then the success rate and the pending commissions. */
export function Totals(props: { readonly summary: Summary }): VNode {
  const { currencies, commissions } = props.summary;
  const shown = currencies.slice(0, MOST_SHOWN);
  const rest = currencies.slice(MOST_SHOWN);
  return (
    <section aria-label="Totals">
      <div class="cards">
        {shown.map((total) => (
          <Taken key={nameOf(total)} total={total} />
        ))}
        <Succeeded summary={props.summary} />
        <Card
          label="Pending commissions"
          figure={formatCount(commissions.waiting)}
          note={waitingNote(commissions)}
        >
          <Spark line={commissions.line} tone="client" />
        </Card>
      </div>
      {rest.length > 0 && <OtherCurrencies totals={rest} />}
    </section>
  );
}

const MOST_SHOWN = 2;

function Card(props: {
  readonly label: string;
  readonly figure: string;
  readonly note: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <div class="card">
      <h2>{props.label}</h2>
      <p class="figure">{props.figure}</p>
      <p class="note">{props.note}</p>
      {props.children}
    </div>
  );
}

function Taken(props: { readonly total: CurrencyTotal }): VNode {
  const { taken_minor, exponent, line } = props.total;
  return (
    <Card
      label={`Captured, ${nameOf(props.total)}`}
      figure={formatMinor(taken_minor, exponent)}
      note={takenNote(props.total)}
    >
      <Spark line={line} tone="accent" />
    </Card>
  );
}

/** Money of connected accounts is shown apart from the platform's own money. */
function nameOf({ currency, account }: CurrencyTotal): string {
  return account === undefined ? currency : `${currency} of connected accounts`;
}

function takenNote(total: CurrencyTotal): string {
  const word = total.payments === 1 ? 'payment' : 'payments';
  return `${formatCount(total.payments)} ${word} · ${formatCount(total.refunded)} refunded`;
}

function Succeeded(props: { readonly summary: Summary }): VNode {
  const { succeeded, failed, success_line } = props.summary;
  const ended = succeeded + failed;
  const figure = ended === 0 ? '–' : `${((100 * succeeded) / ended).toFixed(1)}%`;
  const note =
    ended === 0
      ? 'no completed payments'
      : `${formatCount(failed)} of ${formatCount(ended)} failed`;
  return (
    <Card label="Success rate" figure={figure} note={note}>
      <Spark line={success_line} tone="server" />
    </Card>
  );
}

function waitingNote(commissions: Summary['commissions']): string {
  const failed = `${formatCount(commissions.failed)} failed`;
  if (commissions.oldest_ms === undefined) return `none pending · ${failed}`;
  return `oldest ${duration(commissions.oldest_ms)} · ${failed}`;
}

function OtherCurrencies(props: { readonly totals: readonly CurrencyTotal[] }): VNode {
  return (
    <div class="others">
      <h2>Also captured</h2>
      <ul>
        {props.totals.map((total) => (
          <li key={nameOf(total)} title={`${nameOf(total)}: ${takenNote(total)}`}>
            <Amount
              amount_minor={total.taken_minor}
              currency={total.currency}
              exponent={total.exponent}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
