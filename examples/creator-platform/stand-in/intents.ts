import { failedCharge, paidCharge } from './charges.ts';
import type { Deliveries } from './deliveries.ts';
import { disputeLater } from './disputes.ts';
import { type Form, metadataOf } from './form.ts';
import { type Charge, type Intent, nowSeconds, stripeId } from './objects.ts';
import { type ApiResponse, errorResponse } from './responses.ts';
import { TEST_CARDS, type TestCard } from './test-cards.ts';

/** The data of an account at Stripe; old payments are removed, so that memory is bounded. */
export interface Account {
  readonly intents: Map<string, Intent>;
  readonly charges: Map<string, Charge>;
  readonly deliveries: Deliveries;
}

const REMEMBERED = 5_000;
const AUTHENTICATION_MS = 6_000;
const DEBIT_MS = 9_000;

/** `POST /v1/payment_intents`. */
export function createIntent(account: Account, form: Form): ApiResponse {
  const amount = Number(form['amount']);
  const paymentMethod = form['payment_method'] ?? 'pm_card_visa';
  if (!Number.isSafeInteger(amount) || amount < 1)
    return errorResponse(400, 'amount', 'Invalid integer');
  if (!/^[a-z]{3}$/.test(form['currency'] ?? ''))
    return errorResponse(400, 'currency', 'Invalid currency');
  const card = Object.hasOwn(TEST_CARDS, paymentMethod) && TEST_CARDS[paymentMethod];
  if (!card) {
    return errorResponse(400, 'payment_method', `No such PaymentMethod: '${paymentMethod}'`);
  }
  const id = stripeId('pi');
  const intent: Intent = {
    id,
    object: 'payment_intent',
    amount,
    amount_received: 0,
    application_fee_amount: Number(form['application_fee_amount'] ?? 0),
    capture_method: 'automatic',
    client_secret: `${id}_secret_${stripeId('').slice(2, 12)}`,
    created: nowSeconds(),
    currency: form['currency'] ?? '',
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: metadataOf(form),
    payment_method: paymentMethod,
    payment_method_types: [card.outcome === 'debit' ? 'us_bank_account' : 'card'],
    status: 'requires_confirmation',
  };
  remember(account.intents, intent);
  account.deliveries.send('payment_intent.created', intent);
  return { status: 200, body: intent };
}

/** `POST /v1/payment_intents/:id/confirm`. */
export function confirmIntent(account: Account, id: string): ApiResponse {
  const intent = account.intents.get(id);
  if (!intent) return errorResponse(404, 'intent', `No such payment_intent: '${id}'`);
  if (intent.status !== 'requires_confirmation') {
    return errorResponse(400, 'intent', `This PaymentIntent's status is ${intent.status}`);
  }
  const card = TEST_CARDS[intent.payment_method] ?? { outcome: 'succeeds' };
  switch (card.outcome) {
    case 'succeeds':
      return { status: 200, body: succeed(account, intent, card) };
    case 'declined':
      return decline(account, intent, card);
    case 'debit':
      return { status: 200, body: settle(account, intent, card) };
    case 'authenticates':
    case 'abandons':
      return { status: 200, body: authenticate(account, intent, card) };
  }
}

function succeed(account: Account, intent: Intent, card: TestCard): Intent {
  const charge = paidCharge(intent);
  remember(account.charges, charge);
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.latest_charge = charge.id;
  account.deliveries.send('charge.succeeded', charge);
  account.deliveries.send('payment_intent.succeeded', intent);
  if (card.after) disputeLater(account.deliveries, charge, card.after);
  return intent;
}

function decline(account: Account, intent: Intent, card: TestCard): ApiResponse {
  const charge = failedCharge(intent, card);
  const { code = 'card_declined', declineCode = 'generic_decline' } = card;
  const error = {
    type: 'card_error' as const,
    charge: charge.id,
    code,
    decline_code: declineCode,
    message: 'Your card was declined.',
  };
  intent.status = 'requires_payment_method';
  intent.latest_charge = charge.id;
  intent.last_payment_error = error;
  account.deliveries.send('charge.failed', charge);
  account.deliveries.send('payment_intent.payment_failed', intent);
  return { status: 402, body: { error: { ...error, payment_intent: intent } } };
}

/** The payer authenticates after a few seconds, or gives up. */
function authenticate(account: Account, intent: Intent, card: TestCard): Intent {
  intent.status = 'requires_action';
  account.deliveries.send('payment_intent.requires_action', intent);
  account.deliveries.later(AUTHENTICATION_MS, () => {
    if (card.outcome === 'authenticates') succeed(account, intent, card);
    else giveUp(account, intent);
  });
  return intent;
}

function giveUp(account: Account, intent: Intent): void {
  intent.status = 'requires_payment_method';
  intent.last_payment_error = {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message: 'The payer could not be authenticated.',
  };
  account.deliveries.send('payment_intent.payment_failed', intent);
}

/** A bank debit settles later. */
function settle(account: Account, intent: Intent, card: TestCard): Intent {
  intent.status = 'processing';
  account.deliveries.send('payment_intent.processing', intent);
  account.deliveries.later(DEBIT_MS, () => succeed(account, intent, card));
  return intent;
}

function remember<Item extends { readonly id: string }>(
  items: Map<string, Item>,
  item: Item,
): void {
  items.set(item.id, item);
  const [oldest] = items.keys();
  if (items.size > REMEMBERED && oldest !== undefined) items.delete(oldest);
}
