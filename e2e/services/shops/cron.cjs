// A job that reads, records a payment, and ends by itself with a code of its own.
const { trace } = require('@opentelemetry/api');
const { Client } = require('pg');
const shop = require('./shop.cjs');

void trace.getTracer('shop').startActiveSpan('orders.settle', async (span) => {
  const client = new Client(process.env.DATABASE_URL);
  await client.connect();
  await client.query(shop.TABLES);
  await client.end();
  shop.order('pi_1');
  span.end();
  process.exitCode = 3;
});
