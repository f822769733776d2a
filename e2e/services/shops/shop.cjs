// The telemetry of an order in each of these services: a custom counter and histogram, and a payment.
const { payments } = require('@moneytrail/metrics');
const { metrics } = require('@opentelemetry/api');

const meter = metrics.getMeter('shop');
const orders = meter.createCounter('shop.orders');
const items = meter.createHistogram('shop.items');

exports.TABLES = 'SELECT tablename FROM pg_tables LIMIT 1';

exports.order = (id, euros = 20) => {
  orders.add(1);
  items.record(3);
  const amount = { minor: BigInt(100 * euros), currency: 'EUR' };
  return payments.succeeded({ provider: 'stripe', id, amount });
};

exports.fail = () => {
  throw new TypeError('no such order');
};

exports.listening = (server) => console.log(`port ${server.address().port}`);
