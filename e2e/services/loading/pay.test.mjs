// The test of docs/unit-tests.md as an ES module, for runners with global functions.
import { payments } from '@moneytrail/metrics';

const amount = { minor: 1999n, currency: 'EUR' };
const pay = (id) => payments.succeeded({ provider: 'stripe', id, method: 'card', amount });

test('a payment is recorded', () => expect(pay('pi_1')).toBe('recorded'));
test('the same payment is recorded once', () => expect(pay('pi_1')).toBe('duplicate'));
