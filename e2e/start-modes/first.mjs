/** The same service, with the one line in front of its other imports. */
import '@moneytrail/telemetry/register';
import { createServer } from 'node:http';
import express from 'express';
import pg from 'pg';
import { pino } from 'pino';

const log = pino();
const app = express();
app.get('/payments/:id', async (_request, response) => {
  const client = new pg.Client(process.env.DATABASE_URL);
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
  log.info('responded');
  response.send('ok');
});
const server = createServer(app).listen(0, '127.0.0.1', () => {
  console.log(`listening on 127.0.0.1:${server.address().port}`);
});
