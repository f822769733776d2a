// A payment, as intents and charges report it.
import type { AttributeValue } from '@moneytrail/catalogue';
import { event, type MappedEvent, type ReadAmount } from '../../mapped-event.ts';
import {
  amountOf,
  type Failure,
  platformFee,
  type StripeEvent,
  secondsSinceCreation,
} from '../objects.ts';

/** The payment that an intent or a charge reports. */
export interface Payment {
  readonly id: string | undefined;
  readonly method: AttributeValue<'payment.method.type'> | undefined;
  readonly purpose: AttributeValue<'payment.purpose'>;
}

/** How a payment succeeded. */
export interface Success {
  readonly amount: ReadAmount;
  readonly capture: 'part' | undefined;
  readonly attempt: string | undefined;
  readonly completionSeconds: number | undefined;
}

/** A payment whose money was captured, with the platform's fee. */
export function paymentSucceeded(
  { object }: StripeEvent,
  payment: Payment,
  success: Success,
): readonly MappedEvent[] {
  return [event('payment.succeeded', { ...payment, ...success, platformFee: platformFee(object) })];
}

/** An attempt that failed; without an attempt's id, the payment itself. */
export function paymentFailed(
  { object }: StripeEvent,
  payment: Payment,
  attempt: string | undefined,
  failure: Failure,
): readonly MappedEvent[] {
  const amount = amountOf(object, 'amount');
  return [event('payment.failed', { ...payment, ...failure, amount, attempt })];
}

/** A payment that was given up before its money was captured. */
export function paymentCanceled(source: StripeEvent, payment: Payment): readonly MappedEvent[] {
  const amount = amountOf(source.object, 'amount');
  const completionSeconds = secondsSinceCreation(source);
  return [event('payment.canceled', { ...payment, amount, completionSeconds })];
}
