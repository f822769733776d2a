/** A service that records a payment, and whose library records the same and two more. */
import { payments } from '@moneytrail/metrics';
import { pay } from 'billing-lib';

const payment = (id) => ({
  provider: 'stripe',
  id,
  method: 'card',
  purpose: 'tip',
  amount: { minor: 1000n, currency: 'EUR' },
});
console.log(payments.succeeded(payment('pi_1')));
for (const id of ['pi_1', 'pi_2', 'pi_3']) console.log(pay(payment(id)));
