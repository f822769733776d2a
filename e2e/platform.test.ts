/** What becomes of a payment after the checkout, as the store tells it: by the card that pays. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './support/eventually.ts';
import { type Stack, startStack } from './support/stack.ts';
import { deliver } from './support/webhooks.ts';

interface Trail {
  readonly payment: { readonly outcome: string; readonly reason?: string };
  readonly commissions: readonly { readonly tier: string; readonly status: string }[];
  readonly events: readonly { readonly event: string }[];
}

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ args: ['--no-traffic'] });
});

afterAll(() => stack.close());

async function post(path: string, body: object): Promise<{ status: number; payment: string }> {
  const response = await fetch(`${stack.appUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: object = Object(await response.json());
  return { status: response.status, payment: String(Reflect.get(answer, 'payment')) };
}

function pay(paymentMethod: string): Promise<{ status: number; payment: string }> {
  return post('/checkout', {
    creator: 'nightkiln',
    referral_code: 'KESTREL',
    amount_minor: 2500,
    currency: 'USD',
    purpose: 'purchase',
    payment_method: paymentMethod,
  });
}

/** What the store says of a payment, in short: outcome, reason and the state of each tier. */
async function story(payment: string): Promise<string[]> {
  const response = await fetch(`${stack.storeUrl}/api/payments/${payment}`);
  if (!response.ok) return [];
  const { payment: row, commissions }: Trail = Object(await response.json());
  const tiers = commissions.map(({ tier, status }) => `${tier} ${status}`).sort();
  return [row.outcome, row.reason ?? '', ...tiers].filter((text) => text !== '');
}

async function becomes(payment: string, expected: readonly string[]): Promise<string[]> {
  return eventually(
    () => story(payment),
    (told) => told.join() === expected.join(),
  );
}

describe('a payment', () => {
  it.each([
    ['pm_card_visa', 201, ['succeeded', '1 processed', '2 processed']],
    ['pm_card_authenticationRequired', 202, ['succeeded', '1 processed', '2 processed']],
    ['pm_usBankAccount_success', 202, ['succeeded', '1 processed', '2 processed']],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 402, ['declined', 'insufficient_funds']],
    ['pm_card_chargeDeclinedExpiredCard', 402, ['declined', 'card_expired']],
    ['pm_card_threeDSecureRequiredChargeDeclined', 202, ['declined', 'authentication_failed']],
    ['pm_card_createDispute', 201, ['succeeded', '1 reversed', '2 reversed']],
  ])('by %s is answered with %d and becomes %j', async (card, status, expected) => {
    const paid = await pay(card);
    expect(paid.status).toBe(status);
    expect(await becomes(paid.payment, expected)).toEqual(expected);
  });

  it('that is given back takes the commissions of both tiers with it', async () => {
    const { payment } = await pay('pm_card_visa');
    const refund = await post(`/payments/${payment}/refund`, { reason: 'duplicate' });
    expect(refund.status).toBe(202);
    const expected = ['succeeded', '1 reversed', '2 reversed'];
    expect(await becomes(payment, expected)).toEqual(expected);
  });

  it('that the ledger does not know is recorded all the same', async () => {
    const object = { id: 'pi_elsewhere', object: 'payment_intent', amount: 700, currency: 'jpy' };
    const created = Math.floor(Date.now() / 1000);
    const event = {
      id: 'evt_elsewhere',
      object: 'event',
      type: 'payment_intent.succeeded',
      created,
    };
    const data = { object: { ...object, amount_received: 700, status: 'succeeded' } };
    expect([...(await deliver(stack.appUrl, [{ ...event, data }]))]).toEqual([200]);
    expect(await becomes('pi_elsewhere', ['succeeded'])).toEqual(['succeeded']);
  });

  it('that cannot be given back is refused', async () => {
    expect((await post('/payments/pi_nobody/refund', {})).status).toBe(400);
  });
});
