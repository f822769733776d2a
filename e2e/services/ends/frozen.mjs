// A handler on a platform that stops the process after the response, or after a promise that it waits for.
import { createServer } from 'node:http';
import { flush } from '@moneytrail/telemetry';
import { pay } from './pay.mjs';

const waitUntil = (promise) => void promise.then(() => console.log('waited'));

async function handle(request, response) {
  pay();
  if (request.url === '/flushed') await flush();
  if (request.url === '/waited') {
    waitUntil(new Promise((closed) => response.once('close', closed)).then(() => flush()));
  }
  response.setHeader('connection', 'close');
  response.end('ok');
}

const server = createServer((request, response) => void handle(request, response));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
