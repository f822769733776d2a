/** A service that records one payment and then ends in the way that its argument names. */
import { money } from '@moneytrail/catalogue';
import { payments } from '@moneytrail/metrics';
import { trace } from '@opentelemetry/api';

const endings: Record<string, () => void> = {
  'natural end': () => {},
  signal: () => void setInterval(() => {}, 1000),
  'own handler': () => {
    const timer = setInterval(() => {}, 1000);
    process.once('SIGTERM', () => {
      clearInterval(timer);
      process.exitCode = 3;
    });
  },
  'uncaught exception': () => {
    throw new Error('as it happens');
  },
  'unhandled rejection': () => void Promise.reject(new Error('as it happens')),
};

trace.getTracer('exits').startSpan('payment.process').end();
payments.succeeded({ provider: 'stripe', id: 'pi_last', amount: money(1999n, 'EUR') });
console.log('recorded');
setTimeout(() => endings[process.argv[2] ?? '']?.(), 50);
