/** A job that serves one request to itself: a payment, a custom span and counter, a log line, an error for a tracker. */
import { once } from 'node:events';
import { createLogger } from '@moneytrail/logs';
import { payments } from '@moneytrail/metrics';
import { metrics, trace } from '@opentelemetry/api';
import express from 'express';

const logger = createLogger({ serviceName: 'shop' });
const tracer = trace.getTracer('shop');
const orders = metrics.getMeter('shop').createCounter('shop.orders');
const app = express();

app.get('/pay/:id', (request, response) => {
  tracer.startActiveSpan('charge ada@example.org', (span) => {
    const amount = { minor: 1000n, currency: 'EUR' };
    payments.succeeded({
      provider: 'stripe',
      id: request.params.id,
      method: 'card',
      purpose: 'tip',
      amount,
    });
    orders.add(1);
    logger.info('paid');
    globalThis.reportError?.(new Error('card machine on fire'));
    span.end();
    response.send('paid');
  });
});

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const response = await fetch(`http://127.0.0.1:${server.address().port}/pay/pi_1`);
console.log(await response.text());
server.close();
server.closeAllConnections();
