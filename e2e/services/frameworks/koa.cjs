// With `ROUTER=koa-router` or `ROUTER=@koa/router`.
const mount = require('koa-mount');
const shop = require('./shop.cjs');

module.exports = function serve(Koa, Router) {
  const app = new Koa();
  const router = new Router();
  const users = new Router({ prefix: '/api' });
  const invoices = new Router();
  const items = new Router();
  const parts = new Koa();

  app.use(async (context, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof shop.Refusal)) throw error;
      context.status = 422;
    }
  });
  router.use((_, next) => next());
  router.get('/orders/:id', (context) => {
    context.body = shop.pay(context.params.id);
  });
  router.get('/fails/:id', shop.fail);
  router.get('/rejects/:id', shop.reject);
  router.get('/refuses/:id', shop.refuse);
  router.get('/breaks/:id', (context) => {
    context.body = shop.stream();
  });
  router.get('/guarded/:id', shop.refuse, shop.fail);
  items.get('/items/:id', (context) => {
    context.body = context.params.id;
  });
  parts.use(items.routes());
  users.get('/users/:id', (context) => {
    context.body = context.params.id;
  });
  invoices.get('/invoices/:id', (context) => {
    context.body = context.params.id;
  });
  router.use('/api', invoices.routes());
  app.use(mount('/parts', parts));
  app.use(router.routes()).use(users.routes()).use(router.allowedMethods());
  const server = app.listen(0, '127.0.0.1', () => shop.listening(server));
};

if (require.main === module) {
  const Routers = require(process.env.ROUTER);
  module.exports(require('koa'), Routers.Router ?? Routers);
}
