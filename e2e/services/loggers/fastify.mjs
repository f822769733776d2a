// Fastify with a logger of ours.
import { createLogger } from '@moneytrail/logs';
import fastify from 'fastify';

const app = fastify({
  loggerInstance: createLogger({
    redact: ['req.headers["x-api-secret-id"]', 'order.seat'],
    serializers: { req: ({ method, headers }) => ({ method, headers }) },
  }),
});
app.get('/order/:id', async (request) => {
  request.log.info({ email: 'ada@example.org', order: { seat: '4A' } }, 'within the request');
  return { ok: true };
});
app.get('/child', { logLevel: 'warn' }, async (request) => {
  request.log.info('held by the level of the route');
  return { ok: true };
});
const url = await app.listen({ port: 0, host: '127.0.0.1' });
const headers = { 'x-api-secret-id': 'deadbeef', authorization: 'Bearer sk_live_1' };
await (await fetch(`${url}/order/o_1`, { headers })).text();
await (await fetch(`${url}/child`)).text();
await app.close();
