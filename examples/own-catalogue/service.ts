// A service that records each of its own events once and keeps running.
import { parseArgs } from 'node:util';
import { money } from '@moneytrail/catalogue';
import { createRecorder } from '@moneytrail/metrics';
import { startTelemetry } from '@moneytrail/telemetry';
import { SHOP } from './catalogue.ts';

const options = { endpoint: { type: 'string' }, 'metrics-port': { type: 'string' } } as const;
const { endpoint = 'http://localhost:4318', 'metrics-port': port } = parseArgs({ options }).values;
startTelemetry({ serviceName: 'shop', endpoint, ...(port && { metricsPort: Number(port) }) });

const { orders, boosts } = createRecorder(SHOP).calls;
orders.shipped({ id: 'o1', carrier: 'bike', amount: money(49n, 'EUR'), tax: money(7n, 'EUR') });
boosts.bought({ id: 'b_1', kind: 'week', provider: 'stripe', amount: money(1500n, 'EUR') });
console.log('recorded');
setInterval(() => undefined, 60_000);
