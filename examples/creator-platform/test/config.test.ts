import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../src/config.ts';

const DATABASE_URL = 'postgres://localhost/ledger';
const STRIPE_WEBHOOK_SECRET = 'whsec_of_this_test';

describe('the settings of the service', () => {
  it('have defaults, except the ledger and the secret', () => {
    expect(readConfig({ DATABASE_URL, STRIPE_WEBHOOK_SECRET })).toEqual({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: DATABASE_URL,
      databaseConnections: 10,
      stripeUrl: new URL('https://api.stripe.com'),
      stripeSecretKey: 'sk_test_development',
      stripeMode: 'test',
      stripeWebhookSecret: STRIPE_WEBHOOK_SECRET,
      payoutIntervalMs: 10_000,
      commissionWaitMs: 15_000,
    });
  });

  it.each([
    ['sk_live_1', 'live'],
    ['rk_live_1', 'live'],
    ['sk_test_1', 'test'],
    ['live', 'test'],
  ])('with the key %s count money of the mode %s', (key, mode) => {
    const given = { DATABASE_URL, STRIPE_WEBHOOK_SECRET, STRIPE_SECRET_KEY: key };
    expect(readConfig(given).stripeMode).toBe(mode);
  });

  it.each([
    ['DATABASE_URL', ''],
    ['STRIPE_WEBHOOK_SECRET', ''],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['DATABASE_CONNECTIONS', '0'],
    ['STRIPE_API_URL', 'stripe'],
    ['STRIPE_API_URL', 'ftp://127.0.0.1'],
    ['PAYOUT_INTERVAL_MS', '-1'],
    ['COMMISSION_WAIT_MS', 'soon'],
  ])('%s=%s is rejected by name', (name, value) => {
    expect(() => readConfig({ DATABASE_URL, STRIPE_WEBHOOK_SECRET, [name]: value })).toThrow(name);
  });
});
