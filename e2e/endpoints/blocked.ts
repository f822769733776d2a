/** A payment service whose event loop is blocked for 20 ms out of every 50, for the number of milliseconds in its argument. */
import { money } from '@moneytrail/catalogue';
import { createLogger } from '@moneytrail/logs';
import { payments } from '@moneytrail/metrics';
import { trace } from '@opentelemetry/api';

const BLOCKED_MS = 20;
const EACH_MS = 50;

const endMs = performance.now() + Number(process.argv[2]);
const tracer = trace.getTracer('blocked');
const logger = createLogger({ destination: { write: () => true } });
let made = 0;

function block(): void {
  const untilMs = performance.now() + BLOCKED_MS;
  while (performance.now() < untilMs);
}

const timer = setInterval(() => {
  made += 1;
  tracer.startSpan('work').end();
  logger.info('line');
  payments.succeeded({ provider: 'stripe', id: `pi_${made}`, amount: money(100n, 'EUR') });
  block();
  if (performance.now() < endMs) return;
  clearInterval(timer);
  process.exitCode = 3;
  console.log('done');
}, EACH_MS);
