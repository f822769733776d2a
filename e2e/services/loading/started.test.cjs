// A test that starts the whole service, as few should.
require('@moneytrail/telemetry/register');
const { createLogger } = require('@moneytrail/logs');
const { createHealth } = require('@moneytrail/health');
const { createStripeAdapter } = require('@moneytrail/providers');
const { traced } = require('@moneytrail/tracing');
const { pay } = require('./pay.cjs');

test('everything can be required', () => {
  expect(
    [createLogger, createHealth, createStripeAdapter, traced].map((one) => typeof one),
  ).toEqual(Array(4).fill('function'));
});
test('a payment is recorded', () => expect(pay('pi_1')).toBe('recorded'));
