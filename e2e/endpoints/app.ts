/**
 * A service that records as many spans, log lines and payments as its argument says, then shuts
 * down its telemetry and prints its accounts.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { money } from '@moneytrail/catalogue';
import { createLogger } from '@moneytrail/logs';
import { collectSeries, payments } from '@moneytrail/metrics';
import { startTelemetry } from '@moneytrail/telemetry';
import { trace } from '@opentelemetry/api';

const PAUSE_MS = 10;

const telemetry = startTelemetry();
const tracer = trace.getTracer('endpoints');
const logger = createLogger({ destination: { write: () => true } });
const wanted = Number(process.argv[2]);
for (let made = 0; made < wanted; made += 1) {
  tracer.startSpan(`work ${made}`).end();
  logger.info(`line ${made}`);
  payments.succeeded({ provider: 'stripe', id: `pi_${made}`, amount: money(100n, 'EUR') });
  await wait(PAUSE_MS);
}
await telemetry.shutdown();

const books = collectSeries().filter(({ name }) => name.startsWith('telemetry.'));
console.log(
  JSON.stringify(
    books.flatMap(({ name, series }) =>
      series.map(({ attributes, value }) => ({
        book: name.replace('telemetry.', ''),
        signal: attributes['telemetry.signal'],
        cause: attributes['telemetry.cause'],
        value,
      })),
    ),
  ),
);
