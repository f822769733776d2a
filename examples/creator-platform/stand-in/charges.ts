import { type Charge, type Intent, nowSeconds, stripeId } from './objects.ts';
import type { TestCard } from './test-cards.ts';

/** A successful attempt. */
export function paidCharge(intent: Intent): Charge {
  return {
    ...attempt(intent),
    amount_captured: intent.amount,
    captured: true,
    outcome: outcome('authorized', 'Payment complete.'),
    paid: true,
    status: 'succeeded',
  };
}

/** An attempt that the issuer or Radar declined. */
export function failedCharge(intent: Intent, card: TestCard): Charge {
  return {
    ...attempt(intent),
    failure_code: card.code ?? 'card_declined',
    failure_message: 'Your card was declined.',
    outcome: outcome(
      card.blocked ? 'blocked' : 'issuer_declined',
      'The charge was declined.',
      card,
    ),
  };
}

function attempt(intent: Intent): Charge {
  return {
    id: stripeId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application_fee_amount: intent.application_fee_amount,
    captured: false,
    created: nowSeconds(),
    currency: intent.currency,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: intent.metadata,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method_details: { type: intent.payment_method_types[0] ?? 'card' },
    refunded: false,
    status: 'failed',
  };
}

function outcome(type: string, message: string, card?: TestCard): Charge['outcome'] {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status:
      { authorized: 'approved_by_network', blocked: 'not_sent_to_network' }[type] ??
      'declined_by_network',
    reason: card?.blocked ? 'highest_risk_level' : (card?.declineCode ?? null),
    risk_level: card?.blocked ? 'highest' : 'normal',
    risk_score: card?.blocked ? 92 : 21,
    seller_message: message,
    type,
  };
}
