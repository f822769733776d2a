// A route that records a payment, with a line and a counter of its own.
import { createLogger } from '@moneytrail/logs';
import { payments } from '@moneytrail/metrics';
import { metrics } from '@opentelemetry/api';

const log = createLogger();
const orders = metrics.getMeter('shop').createCounter('shop.orders');

export async function GET(_request, { params }) {
  const { id } = await params;
  const amount = { minor: 1000n, currency: 'EUR' };
  orders.add(1);
  log.info('paying');
  return new Response(payments.succeeded({ provider: 'stripe', id, method: 'card', amount }));
}
