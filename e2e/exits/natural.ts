/** A job that ends naturally with a `beforeExit` listener, which does what the argument says. */
import { money } from '@moneytrail/catalogue';
import { payments } from '@moneytrail/metrics';
import { trace } from '@opentelemetry/api';

const pay = (id: string): void =>
  void payments.succeeded({ provider: 'stripe', id, amount: money(1999n, 'EUR') });

const listeners: Record<string, () => void> = {
  // Like an SDK that sends a last report, which is instrumented.
  'makes a span each time': () => trace.getTracer('natural').startSpan('last report').end(),
  // Like a library that has work left.
  'works on': () => {
    if (rounds === 1) setTimeout(() => pay('pi_after'), 300);
  },
};

let rounds = 0;
process.on('beforeExit', () => {
  rounds += 1;
  listeners[process.argv[2] ?? '']?.();
});
process.on('exit', () => console.log(`rounds ${rounds}`));
pay('pi_before');
console.log('ending');
