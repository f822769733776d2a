/** A service that records one payment and then ends in the way of its argument. */
import { money } from '@moneytrail/catalogue';
import { payments } from '@moneytrail/metrics';
import { trace } from '@opentelemetry/api';

const untilKilled = (): NodeJS.Timeout => setInterval(() => {}, 1000);

const endings: Record<string, () => void> = {
  'natural end': () => {},
  SIGTERM: untilKilled,
  SIGINT: untilKilled,
  SIGHUP: untilKilled,
  'own handler': () => {
    const work = untilKilled();
    process.once('SIGTERM', () => {
      clearInterval(work);
      process.exitCode = 3;
    });
  },
  'own exit': () => {
    untilKilled();
    process.on('SIGTERM', () => process.exit(4));
  },
  'handler for itself alone': () => {
    untilKilled();
    const onSignal = (): void => {
      if (process.listenerCount('SIGTERM') > 1) return;
      process.off('SIGTERM', onSignal);
      process.kill(process.pid, 'SIGTERM');
    };
    process.on('SIGTERM', onSignal);
  },
  'uncaught exception': () => {
    setImmediate(() => {
      throw new Error('as it happens');
    });
  },
  'unhandled rejection': () => void Promise.reject(new Error('as it happens')),
};

trace.getTracer('exits').startSpan('payment.process').end();
payments.succeeded({ provider: 'stripe', id: 'pi_last', amount: money(1999n, 'EUR') });
endings[process.argv[2] ?? '']?.();
console.log('ending');
