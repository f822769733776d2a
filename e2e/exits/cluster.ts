/** A primary and four workers that record a payment each. Arguments are Node options for the workers only. */
import cluster from 'node:cluster';
import { money } from '@moneytrail/catalogue';
import { payments } from '@moneytrail/metrics';

const WORKERS = 4;

if (cluster.isPrimary) {
  cluster.setupPrimary({ execArgv: [...process.execArgv, ...process.argv.slice(2)] });
  let ready = 0;
  cluster.on('message', () => {
    ready += 1;
    if (ready === WORKERS) console.log('ready');
  });
  for (let index = 0; index < WORKERS; index += 1) cluster.fork();
} else {
  const { id } = cluster.worker ?? {};
  payments.succeeded({ provider: 'stripe', id: `pi_${id}`, amount: money(100n, 'EUR') });
  setInterval(() => {}, 1000);
  process.send?.('recorded');
}
