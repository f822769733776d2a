/** Where the money of a payment went. */

import type { PaymentRow, PaymentTrail, SplitPart } from '@moneytrail/store';
import type { VNode } from 'preact';
import { amountText, formatMinor, formatShare } from '../data/money.ts';
import { plain } from '../data/words.ts';
import { Icon } from '../ui/icon.tsx';
import { partColour, partName, proveSplit, refundSum } from './split.ts';

/** The split and its sum, then later deductions. */
export function MoneyCard(props: { readonly trail: PaymentTrail }): VNode {
  const { payment, split, deductions } = props.trail;
  return (
    <section class="panel money-card" aria-label="Where the money went">
      {split === undefined ? (
        <NoSplit payment={payment} />
      ) : (
        <Split split={split} payment={payment} />
      )}
      {deductions.length > 0 && <Deductions parts={deductions} payment={payment} />}
    </section>
  );
}

function NoSplit(props: { readonly payment: PaymentRow }): VNode {
  return <p class="proof">{noSplitText(props.payment)}</p>;
}

function noSplitText(payment: PaymentRow): string {
  const reason = payment.reason === undefined ? '' : `, ${plain(payment.reason)}`;
  switch (payment.outcome) {
    case 'succeeded':
      return 'No split available: the service did not record a platform fee or commissions for this payment.';
    case 'needs_action':
      return 'No money has moved yet: the payer must take an action.';
    case 'pending':
      return 'No money has moved yet.';
    case 'declined':
    case 'error':
    case 'canceled':
    case 'blocked':
      return `No money moved: ${plain(payment.outcome)}${reason}.`;
  }
}

function Split(props: {
  readonly split: NonNullable<PaymentTrail['split']>;
  readonly payment: PaymentRow;
}): VNode {
  const { split, payment } = props;
  const proof = proveSplit(split, payment);
  return (
    <>
      <div class="split-bar" aria-hidden="true">
        {split.parts.map((part) => (
          <Segment key={partKey(part)} part={part} payment={payment} />
        ))}
      </div>
      <ul class="parts">
        {split.parts.map((part) => (
          <Part key={partKey(part)} part={part} payment={payment} />
        ))}
      </ul>
      <p class={proof.adds_up ? 'proof good' : 'proof bad'}>
        <Icon name={proof.adds_up ? 'check' : 'cross'} /> {proof.text}
      </p>
    </>
  );
}

function Segment(props: { readonly part: SplitPart; readonly payment: PaymentRow }): VNode {
  const { part, payment } = props;
  const share = Math.max(0, Number(part.amount_minor));
  const short =
    part.kind === 'commission'
      ? `Tier ${part.tier ?? ''}`
      : partName(part).replace('Platform fee', 'Fee');
  return (
    <div class={`segment ${partColour(part)}`} style={{ flexGrow: String(share) }}>
      <span>
        {short} {formatMinor(part.amount_minor, payment.exponent)}
      </span>
    </div>
  );
}

function Part(props: { readonly part: SplitPart; readonly payment: PaymentRow }): VNode {
  const { part, payment } = props;
  const share =
    part.kind === 'fee' ? formatShare(part.amount_minor, payment.amount_minor ?? '') : '';
  const detail = part.note.toLowerCase() === partName(part).toLowerCase() ? '' : part.note;
  const notes = [share, detail].filter((text) => text !== '');
  return (
    <li>
      <span class={`part-name ${partColour(part)}`}>{partName(part)}</span>
      <strong class="amount">{amountText({ ...payment, amount_minor: part.amount_minor })}</strong>
      <span class="note">{notes.join(' · ')}</span>
    </li>
  );
}

function Deductions(props: {
  readonly parts: readonly SplitPart[];
  readonly payment: PaymentRow;
}): VNode {
  const sum = refundSum(props.payment);
  return (
    <div class="deductions">
      <h2>Later deductions</h2>
      <ul>
        {props.parts.map((part) => (
          <li key={partKey(part)}>
            <span>{partName(part)}</span>
            <span class="mono quiet break">{part.id ?? ''}</span>
            <span class="note">{part.note}</span>
            <strong class="amount">
              −{amountText({ ...props.payment, amount_minor: part.amount_minor })}
            </strong>
          </li>
        ))}
      </ul>
      {sum !== '' && <p class="proof">{sum}.</p>}
    </div>
  );
}

function partKey(part: SplitPart): string {
  return `${part.kind} ${part.tier ?? ''} ${part.id ?? ''}`;
}
