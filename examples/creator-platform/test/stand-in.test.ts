import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { readConfig } from '../src/config.ts';

const WEBHOOK_SECRET = 'whsec_of_this_test';

import { createStripe } from '../src/stripe/client.ts';
import { Deliveries } from '../stand-in/deliveries.ts';
import { createStandIn } from '../stand-in/server.ts';
import { TEST_CARDS } from '../stand-in/test-cards.ts';

const DECLINED = Object.entries(TEST_CARDS).filter(([, card]) => card.outcome === 'declined');

const events: Stripe.Event[] = [];
const servers: Server[] = [];
let stripe: Stripe;
let deliveries: Deliveries;

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const webhookUrl = await listen(
    createServer((request, response) => {
      void text(request).then((body) => {
        const signature = String(request.headers['stripe-signature']);
        events.push(stripe.webhooks.constructEvent(body, signature, WEBHOOK_SECRET));
        response.end();
      });
    }),
  );
  const webhookSecret = WEBHOOK_SECRET;
  deliveries = new Deliveries({ webhookUrl, webhookSecret, steady: true });
  const account = { intents: new Map(), charges: new Map(), deliveries };
  const url = await listen(createStandIn(account, true));
  stripe = createStripe(
    readConfig({
      DATABASE_URL: 'none',
      STRIPE_API_URL: url,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    }),
  );
});

afterAll(async () => {
  deliveries.stop();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

function create(paymentMethod: string): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 1999,
    currency: 'eur',
    payment_method: paymentMethod,
    application_fee_amount: 300,
    metadata: { purpose: 'tip' },
  });
}

async function arrived(type: string, matches: (object: object) => boolean): Promise<object> {
  const deadlineMs = Date.now() + 10_000;
  while (Date.now() < deadlineMs) {
    const event = events.find((one) => one.type === type && matches(one.data.object));
    if (event) return event.data.object;
    await wait(20);
  }
  throw new Error(`${type} did not arrive`);
}

describe('the stand-in for Stripe', () => {
  it('takes a payment and then reports it in a signed event', async () => {
    const intent = await create('pm_card_visa');
    expect(intent).toMatchObject({ status: 'requires_confirmation', metadata: { purpose: 'tip' } });
    const confirmed = await stripe.paymentIntents.confirm(intent.id);
    expect(confirmed).toMatchObject({ status: 'succeeded', amount_received: 1999 });
    const charge = await arrived(
      'charge.succeeded',
      (object) => Reflect.get(object, 'payment_intent') === intent.id,
    );
    expect(charge).toMatchObject({ captured: true, application_fee_amount: 300 });
    await arrived('payment_intent.succeeded', (object) => Reflect.get(object, 'id') === intent.id);
  });

  it.each(DECLINED)('declines %s as a card error', async (paymentMethod, card) => {
    const intent = await create(paymentMethod);
    const error = await stripe.paymentIntents.confirm(intent.id).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({ code: card.code, decline_code: card.declineCode });
  });

  it('waits for the payer when the card requires it', async () => {
    const intent = await create('pm_card_authenticationRequired');
    const confirmed = await stripe.paymentIntents.confirm(intent.id);
    expect(confirmed.status).toBe('requires_action');
  });

  it('refunds at most the captured amount', async () => {
    const intent = await create('pm_card_visa');
    await stripe.paymentIntents.confirm(intent.id);
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund).toMatchObject({ amount: 1999, status: 'succeeded', payment_intent: intent.id });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toThrow('greater');
  });

  it('pays out once for repeated requests with the same key', async () => {
    const ask = (): Promise<Stripe.Payout> =>
      stripe.payouts.create(
        { amount: 500, currency: 'eur', metadata: { payout: 'p1' } },
        { idempotencyKey: 'p1' },
      );
    const first = await ask();
    expect((await ask()).id).toBe(first.id);
    const paid = await arrived('payout.paid', (object) => Reflect.get(object, 'id') === first.id);
    expect(paid).toMatchObject({ status: 'paid', metadata: { payout: 'p1' } });
  });

  it.each([
    ['an unknown payment method', () => create('pm_card_nobody')],
    ['a payment method called like a member of every object', () => create('constructor')],
    ['an unknown payment', () => stripe.paymentIntents.confirm('pi_nobody')],
    ['no amount', () => stripe.payouts.create({ amount: 0, currency: 'eur' })],
    ['an address that it does not have', () => stripe.customers.list()],
  ])('rejects %s like Stripe', async (_, ask) => {
    await expect(ask()).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
  });
});
