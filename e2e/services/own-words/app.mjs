// A service in plain JavaScript with payments of a provider outside of the catalogue.
import { money, moneyFromProvider } from '@moneytrail/catalogue';
import { payments } from '@moneytrail/metrics';

const payment = { provider: 'mollie', method: 'SEPA Debit', purpose: 'invoice' };
console.log(payments.succeeded({ ...payment, id: 'tr_1', amount: money(1999n, 'eur') }));
console.log(payments.succeeded({ ...payment, id: 'tr_2', amount: { minor: 1n, currency: 'eur' } }));
console.log(
  payments.succeeded({ ...payment, id: 'tr_3', purpose: 'order_42', amount: money(1n, 'chf') }),
);
try {
  moneyFromProvider('mollie', 1999, 'eur');
} catch (error) {
  console.log(error.code);
}
