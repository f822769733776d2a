import type { AttributeValue, Money } from '@moneytrail/catalogue';
import type { DropReason } from '@moneytrail/metrics';
import { defined } from '../defined.ts';
import type { Failure } from './failures.ts';
import {
  amountOf,
  type Finding,
  maybePricedFact,
  pricedFact,
  type StripeEvent,
  secondsSinceCreation,
} from './mapping.ts';
import { platformFee } from './payment-details.ts';

/** The payment that an intent or a charge tells of. */
export interface Payment {
  readonly provider: 'stripe';
  readonly id: string | undefined;
  readonly at: Date | undefined;
  readonly method: AttributeValue<'payment.method.type'> | undefined;
  readonly purpose: AttributeValue<'payment.purpose'>;
}

/** How a payment succeeded. */
export interface Success {
  readonly amount: Money | DropReason;
  readonly capture: 'part' | undefined;
  readonly attempt: string | undefined;
  readonly completionSeconds: number | undefined;
}

/** A payment whose money was captured, with the platform's fee. */
export function paymentSucceeded(
  event: StripeEvent,
  payment: Payment,
  { amount: captured, ...success }: Success,
): readonly Finding[] {
  const { fee, findings } = platformFee(event.object);
  const fact = pricedFact('payment.succeeded', captured, (priced) =>
    defined({ ...priced, ...payment, platformFee: fee, ...success }),
  );
  return [fact, ...findings];
}

/** An attempt that failed; without an attempt's id, the payment itself. */
export function paymentFailed(
  event: StripeEvent,
  payment: Payment,
  attempt: string | undefined,
  failure: Failure,
): readonly Finding[] {
  return [
    maybePricedFact('payment.failed', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...payment, attempt, ...failure }),
    ),
  ];
}

/** A payment that was given up before its money was captured. */
export function paymentCanceled(event: StripeEvent, payment: Payment): readonly Finding[] {
  const completionSeconds = secondsSinceCreation(event);
  return [
    maybePricedFact('payment.canceled', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...payment, completionSeconds }),
    ),
  ];
}
