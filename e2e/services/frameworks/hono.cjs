// With `HONO=hono`, `hono/tiny` or `hono/quick`.
const { Readable } = require('node:stream');
const { serve } = require('@hono/node-server');
const shop = require('./shop.cjs');

module.exports = function start(Hono) {
  const app = new Hono();
  const users = new Hono();
  const parts = new Hono();
  const invoices = new Hono().basePath('/invoices');

  app.use('*', async (_, next) => {
    await next();
  });
  app.get('/orders/:id', (c) => c.text(shop.pay(c.req.param('id'))));
  app.get('/fails/:id', shop.fail);
  app.get('/rejects/:id', shop.reject);
  app.get('/refuses/:id', shop.refuse);
  app.get('/breaks/:id', () => new Response(Readable.toWeb(shop.stream())));
  app.use('/guarded/*', async (_, _next) => shop.refuse());
  app.get('/guarded/:id', shop.fail);
  parts.get('/items/:id', (c) => c.text(c.req.param('id')));
  app.onError((error, c) => {
    const status = error instanceof shop.Refusal ? 422 : 500;
    return c.text(error.message, status);
  });
  users.get('/users/:id', (c) => c.text(c.req.param('id')));
  invoices.get('/:id', (c) => c.text(c.req.param('id')));
  app.route('/parts', parts).route('/api', users).route('/api', invoices);
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
    shop.listening(server),
  );
};

if (require.main === module) module.exports(require(process.env.HONO).Hono);
