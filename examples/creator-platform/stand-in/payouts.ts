import { type Form, metadataOf } from './form.ts';
import type { Account } from './intents.ts';
import { nowSeconds, type Payout, stripeId } from './objects.ts';
import { type ApiResponse, errorResponse } from './responses.ts';

const ARRIVAL_MS = 5_000;
/** A closed bank account. */
const FAILING_SHARE = 0.03;

/** `POST /v1/payouts`; a webhook reports the result some seconds later. */
export function createPayout({ deliveries }: Account, form: Form, steady: boolean): ApiResponse {
  const amount = Number(form['amount']);
  if (!Number.isSafeInteger(amount) || amount < 1)
    return errorResponse(400, 'amount', 'Invalid integer');
  const created = nowSeconds();
  const payout: Payout = {
    id: stripeId('po'),
    object: 'payout',
    amount,
    arrival_date: created + ARRIVAL_MS / 1000,
    automatic: false,
    created,
    currency: form['currency'] ?? '',
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: metadataOf(form),
    method: form['method'] ?? 'standard',
    status: 'pending',
    type: 'bank_account',
  };
  deliveries.send('payout.created', payout);
  const fails = !steady && Math.random() < FAILING_SHARE;
  deliveries.later(ARRIVAL_MS, () =>
    deliveries.send(fails ? 'payout.failed' : 'payout.paid', fails ? failed(payout) : paid(payout)),
  );
  return { status: 200, body: payout };
}

function paid(payout: Payout): Payout {
  return { ...payout, status: 'paid' };
}

function failed(payout: Payout): Payout {
  return {
    ...payout,
    status: 'failed',
    failure_code: 'account_closed',
    failure_message: 'The bank account has been closed.',
  };
}
