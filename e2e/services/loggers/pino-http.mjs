// pino-http with a logger of ours, and with the options that services give it.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createLogger } from '@moneytrail/logs';
import pinoHttp from 'pino-http';

const log = pinoHttp({
  logger: createLogger({ serializers: { shop: (shop) => ({ id: shop.id }) } }),
  customProps: (request) => ({ tenant: 't1', shop: { id: 7, key: 'x' }, method: request.method }),
  customLogLevel: (_request, response) => (response.statusCode >= 400 ? 'warn' : 'info'),
  autoLogging: { ignore: (request) => request.url === '/health' },
  genReqId: (request) => `id-of${request.url}`,
  quietReqLogger: true,
  wrapSerializers: true,
  serializers: {
    req: (request) => ({ id: request.id, url: request.url, headers: request.headers }),
  },
});

const server = createServer((request, response) => {
  log(request, response);
  request.log.info({ email: 'ada@example.org' }, 'within the request');
  if (request.url === '/broken') response.err = new Error('broken for ada@example.org');
  response.statusCode = request.url === '/missing' ? 404 : request.url === '/broken' ? 500 : 200;
  response.end('ok');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
for (const path of ['/', '/missing', '/broken', '/health']) {
  const url = `http://127.0.0.1:${server.address().port}${path}`;
  await (await fetch(url, { headers: { authorization: 'Bearer sk_live_1' } })).text();
}
server.close();
