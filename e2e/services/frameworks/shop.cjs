// The handlers of the services in this folder, independent of the framework.
const { Readable } = require('node:stream');
const { payments } = require('@moneytrail/metrics');
const { metrics } = require('@opentelemetry/api');

class PaymentError extends Error {}

/** An invalid request; each service responds with 422 in its own way. */
class Refusal extends Error {}

const orders = metrics.getMeter('shop').createCounter('shop.orders');

exports.Refusal = Refusal;

exports.pay = (id) => {
  orders.add(1);
  const amount = { minor: 1999n, currency: 'EUR' };
  return payments.succeeded({ provider: 'stripe', id, amount });
};

exports.fail = () => {
  throw new TypeError('no such order', { cause: new Error('the row is gone') });
};

exports.reject = async () => {
  await new Promise(setImmediate);
  throw new PaymentError('the provider does not respond');
};

exports.refuse = () => {
  throw new Refusal('the amount is negative');
};

/** A body that is aborted. */
exports.stream = () =>
  Readable.from(
    (async function* () {
      yield Buffer.from('a line\n');
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new RangeError('the page is missing');
    })(),
    { objectMode: false },
  );

exports.listening = (server) => console.log(`port ${server.address().port}`);
