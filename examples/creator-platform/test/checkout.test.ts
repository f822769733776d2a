import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { money } from '@moneytrail/catalogue';
import { createLogger } from '@moneytrail/logs';
import express from 'express';
import { Pool } from 'pg';
import { readCheckout } from '../src/checkout/request.ts';
import { checkoutRoutes } from '../src/checkout/route.ts';
import { readConfig } from '../src/config.ts';
import { errorResponses } from '../src/error-responses.ts';
import { PendingWork } from '../src/pending-work.ts';
import { createStripe } from '../src/stripe/client.ts';

const GOOD = {
  creator: 'ada-draws',
  amount_minor: 1999,
  currency: 'EUR',
  method: 'card',
  purpose: 'tip',
};

describe('the body of a checkout', () => {
  it('is parsed into money and closed values', () => {
    expect(readCheckout({ ...GOOD, referral_code: 'WREN' })).toEqual({
      request: {
        creator: 'ada-draws',
        referralCode: 'WREN',
        amount: money(1999n, 'EUR'),
        method: 'card',
        purpose: 'tip',
        paymentMethod: 'pm_card_visa',
      },
    });
  });

  it.each([
    ['the smallest amount', { amount_minor: 1 }],
    ['the largest amount', { amount_minor: 99_999_999 }],
    ['no method', { method: undefined }],
    ['a withdrawn currency', { currency: 'HRK' }],
    ['fils that Stripe takes', { currency: 'KWD', amount_minor: 1500 }],
    ['a name of 64 letters', { creator: 'a'.repeat(64) }],
  ])('may have %s', (_, change) => {
    expect(readCheckout({ ...GOOD, ...change })).toHaveProperty('request');
  });

  it.each([
    ['no creator', { creator: undefined }, 'creator'],
    ['an e-mail address as the creator', { creator: 'a@example.com' }, 'creator'],
    ['a name of 65 letters', { creator: 'a'.repeat(65) }, 'creator'],
    ['nothing to pay', { amount_minor: 0 }, 'amount_minor'],
    ['a negative amount', { amount_minor: -1 }, 'amount_minor'],
    ['a fraction', { amount_minor: 19.99 }, 'amount_minor'],
    ['an amount as text', { amount_minor: '1999' }, 'amount_minor'],
    ['an amount over the limit', { amount_minor: 100_000_000 }, 'amount_minor'],
    ['an unsafe amount', { amount_minor: 2 ** 53 }, 'amount_minor'],
    ['no number', { amount_minor: Number.NaN }, 'amount_minor'],
    ['fils that Stripe refuses', { currency: 'KWD', amount_minor: 1505 }, 'amount_minor'],
    ['an unknown currency', { currency: 'ZZZ' }, 'currency'],
    ['a currency in lower case', { currency: 'eur' }, 'currency'],
    ['an unknown method', { method: 'cheque' }, 'method'],
    ['an unknown purpose', { purpose: 'bribe' }, 'purpose'],
    ['no purpose', { purpose: undefined }, 'purpose'],
    ['a referral code with spaces', { referral_code: 'W R E N' }, 'referral_code'],
    ['an empty referral code', { referral_code: '' }, 'referral_code'],
    ['a payment method that is not an id', { payment_method: 42 }, 'payment_method'],
  ])('is rejected with %s', (_, change, field) => {
    const read = readCheckout({ ...GOOD, ...change });
    expect(read).toEqual({ problems: [{ field, problem: expect.any(String) }] });
  });

  it.each([[undefined], [null], ['text'], [[GOOD]], [7]])('is rejected when it is %j', (body) => {
    expect(readCheckout(body)).toHaveProperty('problems.0.field', 'body');
  });

  it('gets all invalid fields', () => {
    const fields = Reflect.get(readCheckout({}), 'problems').map(Reflect.get.bind(null));
    expect(fields).toHaveLength(4);
  });
});

describe('POST /checkout', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    // Nothing listens at these addresses: rejected requests must not reach them.
    const config = readConfig({
      DATABASE_URL: 'postgres://127.0.0.1:1/none',
      STRIPE_API_URL: 'http://127.0.0.1:1',
      STRIPE_WEBHOOK_SECRET: 'whsec_of_this_test',
    });
    const service = {
      ledger: new Pool({ connectionString: config.databaseUrl }),
      stripe: createStripe(config),
      log: createLogger({ level: 'silent' }),
      pendingWork: new PendingWork(),
    };
    const app = express().use(checkoutRoutes(service)).use(errorResponses(service));
    server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/checkout`;
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it.each([
    ['an invalid field', JSON.stringify({ ...GOOD, currency: 'ZZZ' }), 400, 'invalid_request'],
    ['a body that is not JSON', '{"creator":', 400, 'invalid_request'],
    ['no body', '', 400, 'invalid_request'],
    [
      'a body over the limit',
      JSON.stringify({ ...GOOD, note: 'x'.repeat(16_384) }),
      413,
      'body_too_large',
    ],
    ['a ledger that is down', JSON.stringify({ ...GOOD, referral_code: 'WREN' }), 500, 'internal'],
    ['a Stripe that is down', JSON.stringify(GOOD), 502, 'stripe_unavailable'],
  ])('responds to %s with a code', async (_, body, status, error) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect({ status: response.status, ...Object(await response.json()) }).toMatchObject({
      status,
      error,
    });
  });
});
