// A job that reads, records a payment, fails at a refund, and ends by itself with its own exit code.
const { createLogger } = require('@moneytrail/logs');
const { traced } = require('@moneytrail/tracing');
const { trace } = require('@opentelemetry/api');
const { Client } = require('pg');
const shop = require('./shop.cjs');

const log = createLogger();

void trace.getTracer('shop').startActiveSpan('orders.settle', async (span) => {
  const client = new Client(process.env.DATABASE_URL);
  await client.connect();
  await client.query(shop.TABLES);
  await client.end();
  log.info('by ours');
  shop.order('pi_1');
  try {
    traced('orders.refund', shop.fail);
  } catch {
    process.exitCode = 3;
  }
  span.end();
});
