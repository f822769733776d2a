// The test of docs/unit-tests.md for Node's own runner.
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { payments } from '@moneytrail/metrics';

const amount = { minor: 1999n, currency: 'EUR' };
const pay = (id) => payments.succeeded({ provider: 'stripe', id, method: 'card', amount });

await test('a payment is recorded', () => equal(pay('pi_1'), 'recorded'));
await test('the same payment is recorded once', () => equal(pay('pi_1'), 'duplicate'));
