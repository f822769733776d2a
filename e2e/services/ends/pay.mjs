// One of each: a span, a payment with its event, a log line, a custom counter.
import { createLogger } from '@moneytrail/logs';
import { payments } from '@moneytrail/metrics';
import { metrics, trace } from '@opentelemetry/api';

const logger = createLogger({ destination: { write() {} } });
const counter = metrics.getMeter('ends').createCounter('own.payments');

export function pay(id = 'pi_last') {
  trace.getTracer('ends').startSpan(`span of ${id}`).end();
  payments.succeeded({ provider: 'stripe', id, amount: { minor: 1000n, currency: 'EUR' } });
  logger.info(`line of ${id}`);
  counter.add(1, { shop: `count of ${id}` });
}
