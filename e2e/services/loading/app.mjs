import '@moneytrail/telemetry/register';
import { createServer } from 'node:http';
import { createLogger } from '@moneytrail/logs';
import { payments } from '@moneytrail/metrics';
import express from 'express';

// A service before any tool is applied: a route, a log line, a payment.
const log = createLogger();
const app = express();
app.get('/pay/:id', (request, response) => {
  const { id } = request.params;
  log.info('paying');
  const amount = { minor: 1000n, currency: 'EUR' };
  response.send(payments.succeeded({ provider: 'stripe', id, method: 'card', amount }));
});
const server = createServer(app).listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify(server.address()));
});
