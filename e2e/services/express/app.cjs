// A service in CommonJS as most are: a route, a route that throws, and a payment.
const { payments } = require('@moneytrail/metrics');
const express = require('express');

const app = express();
app.get('/pay/:id', (request, response) => {
  const amount = { minor: 1999n, currency: 'EUR' };
  response.send(payments.succeeded({ provider: 'stripe', id: request.params.id, amount }));
});
app.get('/fails/:id', () => {
  throw new TypeError('no such order');
});
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
