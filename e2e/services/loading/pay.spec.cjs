// The test of docs/unit-tests.md for Mocha.
const { equal } = require('node:assert/strict');
const { pay } = require('./pay.cjs');

it('a payment is recorded', () => equal(pay('pi_1'), 'recorded'));
it('the same payment is recorded once', () => equal(pay('pi_1'), 'duplicate'));
