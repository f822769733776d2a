/** A service with our SDK that records a payment every 50 ms for the number of seconds in its argument, then prints how many. */
import { setTimeout as wait } from 'node:timers/promises';
import { money } from '@moneytrail/catalogue';
import { payments } from '@moneytrail/metrics';
import { startTelemetry } from '@moneytrail/telemetry';
import { tracePayment } from '@moneytrail/tracing';

const EVERY_MS = 50;
const telemetry = startTelemetry({ exportIntervalMs: 1_000 });
console.log('started');
const endMs = Date.now() + Number(process.argv[2]) * 1000;
let made = 0;
while (Date.now() < endMs) {
  const payment = {
    provider: 'stripe',
    id: `pi_sdk_${process.pid}_${made}`,
    method: 'card',
    amount: money(1999n, 'EUR'),
  } as const;
  await tracePayment(payment, async () => {
    payments.succeeded({ ...payment, purpose: 'tip' });
  });
  made += 1;
  await wait(EVERY_MS);
}
await telemetry.shutdown();
console.log(made);
