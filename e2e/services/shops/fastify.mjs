// Fastify 5 in an ES module, with Redis and its own logger. It closes its connections and ends by itself.
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import shop from './shop.cjs';

const redis = new Redis(process.env.REDIS_URL);
const app = Fastify({ logger: true });

app.get('/orders/:id', async ({ log, params }) => {
  await redis.get(`order:${params.id}`);
  log.info('by Fastify');
  return shop.order(params.id);
});
app.get('/fails/:id', () => shop.fail());
await app.listen({ port: 0, host: '127.0.0.1' });
shop.listening(app.server);
async function close() {
  await app.close();
  redis.disconnect();
}

process.on('SIGTERM', () => void close());
