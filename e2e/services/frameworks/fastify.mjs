import Fastify from 'fastify';
import shop from './shop.cjs';

const app = Fastify({ logger: true });
app.setErrorHandler((error, _request, reply) => {
  if (error instanceof shop.Refusal) return reply.code(422).send({ message: error.message });
  return reply.send(error);
});
app.get('/orders/:id', async ({ params, log }) => {
  log.info('an order');
  return shop.pay(params.id);
});
app.get('/fails/:id', () => shop.fail());
app.get('/rejects/:id', shop.reject);
app.get('/refuses/:id', () => shop.refuse());
app.get('/breaks/:id', (_, reply) => reply.type('text/plain').send(shop.stream()));
app.get('/guarded/:id', { onRequest: async () => shop.refuse() }, shop.fail);
app.register(async (part) => part.get('/items/:id', async ({ params }) => params.id), {
  prefix: '/parts',
});
app.register(
  async (part) => {
    part.get('/users/:id', async ({ params }) => params.id);
    part.get('/invoices/:id', async ({ params }) => params.id);
  },
  { prefix: '/api' },
);
await app.listen({ port: 0, host: '127.0.0.1' });
shop.listening(app.server);
