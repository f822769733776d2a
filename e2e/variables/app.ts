/**
 * A service that records one of each, prints `working`, and ends by itself after the number of milliseconds in its argument. It
 * prints the headers of a request that it sent, and the status of `/metrics` if its second argument is the address.
 */
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { createLogger } from '@moneytrail/logs';
import { payments } from '@moneytrail/metrics';
import { metrics, trace } from '@opentelemetry/api';

const [stayMs = '0', scrapeUrl] = process.argv.slice(2);
const text = 'abcdefghijklmnopqrstuvwxyz'.repeat(10);
const attributes = { a: text, b: text, c: text, d: text };

const server = createServer((request, response) => {
  response.end(Object.keys(request.headers).join());
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const address = server.address();
const port = typeof address === 'object' ? address?.port : 0;

const tracer = trace.getTracer('app');
for (let index = 0; index < 3; index += 1) {
  const span = tracer.startSpan('work', { attributes });
  span.addEvent('one', attributes).addEvent('two', attributes);
  const link = { context: span.spanContext(), attributes };
  span.addLink(link).addLink(link).end();
}
const meter = metrics.getMeter('app');
meter.createCounter('app.work').add(1);
meter.createHistogram('app.duration').record(0.5);
createLogger({ destination: { write: () => undefined } }).info(attributes, 'working');
payments.succeeded({ provider: 'stripe', id: 'pi_1', amount: { minor: 1999n, currency: 'EUR' } });

const headers = await (await fetch(`http://localhost:${port}/`)).text();
server.close();
server.closeAllConnections();
console.log(`headers ${headers}`);
if (scrapeUrl) console.log(`scraped ${(await fetch(scrapeUrl)).status}`);
console.log('working');
await wait(Number(stayMs));
