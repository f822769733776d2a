// A test that starts the whole service.
require('@moneytrail/telemetry/register');
const { createLogger } = require('@moneytrail/logs');
const { createHealth } = require('@moneytrail/health');
const { webhookHandler } = require('@moneytrail/providers');
const { stripe } = require('@moneytrail/providers/stripe');
const { traced } = require('@moneytrail/tracing');
const { pay } = require('./pay.cjs');

test('everything can be required', () => {
  expect(
    [createLogger, createHealth, stripe, traced, webhookHandler].map((one) => typeof one),
  ).toEqual(Array(5).fill('function'));
});
test('a payment is recorded', () => expect(pay('pi_1')).toBe('recorded'));
