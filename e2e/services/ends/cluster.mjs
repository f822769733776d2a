// A primary and two workers that pay.
import cluster from 'node:cluster';
import { pay } from './pay.mjs';

if (cluster.isPrimary) {
  let ready = 0;
  cluster.on('message', () => {
    ready += 1;
    if (ready === 2) console.log('ending');
  });
  for (let index = 0; index < 2; index += 1) cluster.fork();
} else {
  if (cluster.worker.id === 2) pay();
  setInterval(() => {}, 1000);
  process.send('paid');
}
