import type { Deliveries } from './deliveries.ts';
import { type Charge, type Dispute, nowSeconds, stripeId } from './objects.ts';
import type { TestCard } from './test-cards.ts';

const COMPLAINT_MS = 8_000;
const DECISION_MS = 25_000;

/** Schedules a dispute, an inquiry or a fraud warning some time after a payment. */
export function disputeLater(
  deliveries: Deliveries,
  charge: Charge,
  what: TestCard['after'],
): void {
  deliveries.later(COMPLAINT_MS, () => {
    if (what === 'fraud_warning') warn(deliveries, charge);
    else dispute(deliveries, charge, what === 'inquiry', what === 'not_received');
  });
}

function warn(deliveries: Deliveries, charge: Charge): void {
  deliveries.send('radar.early_fraud_warning.created', {
    id: stripeId('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: charge.id,
    created: nowSeconds(),
    fraud_type: 'unauthorized_use_of_card',
    livemode: false,
    payment_intent: charge.payment_intent,
  });
}

function dispute(
  deliveries: Deliveries,
  charge: Charge,
  inquiry: boolean,
  notReceived: boolean,
): void {
  const opened: Dispute = {
    id: stripeId('du'),
    object: 'dispute',
    amount: charge.amount,
    charge: charge.id,
    created: nowSeconds(),
    currency: charge.currency,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: notReceived ? 'product_not_received' : 'fraudulent',
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
  deliveries.send('charge.dispute.created', opened);
  if (!inquiry) deliveries.send('charge.dispute.funds_withdrawn', opened);
  deliveries.later(DECISION_MS, () => {
    // A platform with a proof of delivery wins; all other disputes are lost.
    const ended = notReceived ? 'won' : 'lost';
    const closed = { ...opened, status: inquiry ? 'warning_closed' : ended };
    deliveries.send('charge.dispute.closed', closed);
    if (closed.status === 'won') deliveries.send('charge.dispute.funds_reinstated', closed);
  });
}
