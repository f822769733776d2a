import type { Form } from './form.ts';
import { metadataOf } from './form.ts';
import type { Account } from './intents.ts';
import { nowSeconds, type Refund, stripeId } from './objects.ts';
import { type ApiResponse, errorResponse } from './responses.ts';

/** `POST /v1/refunds`. */
export function createRefund({ intents, charges, deliveries }: Account, form: Form): ApiResponse {
  const charge = charges.get(intents.get(form['payment_intent'] ?? '')?.latest_charge ?? '');
  if (!charge?.paid)
    return errorResponse(400, 'payment_intent', 'This PaymentIntent has no paid charge');
  const left = charge.amount - charge.amount_refunded;
  const amount = Number(form['amount'] ?? left);
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > left) {
    return errorResponse(400, 'amount', `Refund amount is greater than ${left}`);
  }
  const { amount_refunded } = charge;
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  const refund: Refund = {
    id: stripeId('re'),
    object: 'refund',
    amount,
    charge: charge.id,
    created: nowSeconds(),
    currency: charge.currency,
    metadata: metadataOf(form),
    payment_intent: charge.payment_intent,
    reason: form['reason'] ?? null,
    status: 'succeeded',
  };
  deliveries.send('refund.created', refund);
  deliveries.send('charge.refunded', charge, { amount_refunded });
  return { status: 200, body: refund };
}
