/** Amount, outcome and a summary of the payment. */

import type { PaymentRow } from '@moneytrail/store';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { listAddress } from '../data/location.ts';
import { amountText } from '../data/money.ts';
import { isSameDay, moment } from '../data/time.ts';
import { counted, plain, shortTrace } from '../data/words.ts';
import { Amount } from '../ui/amount.tsx';
import { Outcome } from '../ui/outcome.tsx';
import { traceAddress } from './selection.ts';

const PROVIDERS: Readonly<Record<string, string>> = {
  stripe: 'Stripe',
  adyen: 'Adyen',
  braintree: 'Braintree',
  paypal: 'PayPal',
  _OTHER: 'another provider',
};

/** Breadcrumbs to the list. */
export function Crumbs(props: {
  readonly provider: string | undefined;
  readonly id: string;
}): VNode {
  return (
    <nav class="crumbs" aria-label="Breadcrumbs">
      <a href={listAddress()}>Payments</a>
      <span aria-hidden="true">▸</span>
      {props.provider !== undefined && (
        <>
          <span>{plain(props.provider)}</span>
          <span aria-hidden="true">▸</span>
        </>
      )}
      <span class="mono break">{props.id}</span>
    </nav>
  );
}

/** The head of a trail. */
export function TrailHead(props: {
  readonly payment: PaymentRow;
  readonly traceId: string | undefined;
}): VNode {
  const { payment, traceId } = props;
  useEffect(() => {
    document.title = `${amountText(payment) || payment.id} ${plain(payment.outcome)} · Moneytrail`;
  }, [payment]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The heading appears after the navigation to this view, so it takes the focus unless something else has it.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div class="view-head">
      <div class="trail-title">
        <h1 tabIndex={-1} ref={heading}>
          <Amount {...payment} />
        </h1>
        <Outcome outcome={payment.outcome} />
        {payment.reason !== undefined && <span class="quiet">{plain(payment.reason)}</span>}
        {payment.contradictory && <span class="quiet">events also report another final state</span>}
      </div>
      <p class="quiet">
        {sentence(payment)}
        {traceId !== undefined && (
          <>
            {' · '}
            <a href={traceAddress(traceId)} data-replace="" title={traceId} onClick={showTrail}>
              trace <span class="mono">{shortTrace(traceId)}</span>
            </a>
          </>
        )}
      </p>
    </div>
  );
}

function sentence(payment: PaymentRow): string {
  const provider = PROVIDERS[payment.provider] ?? payment.provider;
  const by =
    payment.method === undefined ? `via ${provider}` : `${plain(payment.method)} via ${provider}`;
  const today = isSameDay(payment.at_ms, Date.now()) ? 'today ' : '';
  return [
    payment.purpose === undefined ? '' : plain(payment.purpose),
    by,
    `${today}${moment(payment.at_ms)}`,
    payment.attempts > 0 ? counted(payment.attempts, 'attempt', 'attempts') : '',
    payment.service,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function showTrail(): void {
  document.getElementById('trail')?.scrollIntoView({ block: 'start' });
}
