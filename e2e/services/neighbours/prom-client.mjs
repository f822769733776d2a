/** prom-client, which prints what its own `/metrics` would return. */
import { Counter, register } from 'prom-client';

const orders = new Counter({ name: 'shop_orders_total', help: 'Orders of the shop.' });
orders.inc();
console.log(await register.metrics());
