// Hono on Node.js.
import { serve } from '@hono/node-server';
import { createLogger } from '@moneytrail/logs';
import { Hono } from 'hono';
import { Redis } from 'ioredis';
import shop from './shop.cjs';

const redis = new Redis(process.env.REDIS_URL);
const log = createLogger();
const app = new Hono();

app.get('/orders/:id', async (c) => {
  await redis.get(`order:${c.req.param('id')}`);
  log.info('by ours');
  return c.text(shop.order(c.req.param('id')));
});
app.get('/fails/:id', shop.fail);
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
  shop.listening(server),
);
