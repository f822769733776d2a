const hapi = require('@hapi/hapi');
const shop = require('./shop.cjs');

const server = hapi.server({ port: 0, host: '127.0.0.1' });
const get = (path, handler) => ({ method: 'GET', path, handler });

server.route([
  get('/orders/{id}', ({ params }) => shop.pay(params.id)),
  get('/fails/{id}', shop.fail),
  get('/rejects/{id}', shop.reject),
  get('/refuses/{id}', shop.refuse),
  get('/breaks/{id}', shop.stream),
  { ...get('/guarded/{id}', shop.fail), options: { pre: [shop.refuse] } },
  get('/parts/items/{id}', ({ params }) => params.id),
]);
server.ext('onPreResponse', ({ response }, toolkit) =>
  response instanceof shop.Refusal
    ? toolkit.response(response.message).code(422)
    : toolkit.continue,
);
const part = {
  name: 'part',
  register: (inner) => {
    inner.route(get('/users/{id}', ({ params }) => params.id));
    inner.route(get('/invoices/{id}', ({ params }) => params.id));
  },
};
server
  .register(part, { routes: { prefix: '/api' } })
  .then(() => server.start())
  .then(() => shop.listening(server.listener));
