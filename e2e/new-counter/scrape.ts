/** A service that counts a refund and prints what Prometheus would scrape of it. */
import { createServer } from 'node:net';
import { money } from '@moneytrail/catalogue';
import { refunds } from '@moneytrail/metrics';
import { startTelemetry } from '@moneytrail/telemetry';

const probe = createServer().listen(0, '127.0.0.1');
await new Promise((resolve) => probe.once('listening', resolve));
const address = probe.address();
const metricsPort = typeof address === 'object' && address ? address.port : 0;
await new Promise((resolve) => probe.close(resolve));

const telemetry = startTelemetry({ metricsPort, shutdownTimeoutMs: 100 });
refunds.succeeded({ provider: 'stripe', id: 're_1', amount: money(500n, 'EUR') });
refunds.created({ provider: 'stripe', id: 're_2', amount: money(100n, 'USD') });
const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
console.log(await answer.text());
await telemetry.shutdown();
