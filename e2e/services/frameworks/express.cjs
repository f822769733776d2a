const { pipeline } = require('node:stream');
const express = require('express');
const shop = require('./shop.cjs');

const app = express();
const users = express.Router();
const invoices = express.Router();
const parts = express();
const rejecting = (work) => (request, response, next) => work(request, response).catch(next);

users.get('/users/:id', (request, response) => response.send(request.params.id));
invoices.get('/invoices/:id', (request, response) => response.send(request.params.id));
app.get('/orders/:id', (request, response) => response.send(shop.pay(request.params.id)));
app.get('/fails/:id', shop.fail);
app.get('/rejects/:id', rejecting(shop.reject));
app.get('/refuses/:id', shop.refuse);
app.get('/breaks/:id', (_request, response) => pipeline(shop.stream(), response, () => {}));
app.get('/guarded/:id', shop.refuse, shop.fail);
parts.get('/items/:id', (request, response) => response.send(request.params.id));
app.use('/parts', parts);
app.use('/api', users);
app.use('/api', invoices);
app.use((error, _request, response, next) => {
  if (error instanceof shop.Refusal) response.status(422).send(error.message);
  else next(error);
});
const server = app.listen(0, '127.0.0.1', () => shop.listening(server));
