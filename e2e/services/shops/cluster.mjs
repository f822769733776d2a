// Three workers on one port. Each records a different amount and responds with it.
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import shop from './shop.cjs';

if (cluster.isPrimary) lead();
else work(cluster.worker.id);

function lead() {
  let listening = 0;
  cluster.on('listening', (_, { port }) => {
    listening += 1;
    if (listening === 3) console.log(`port ${port}`);
  });
  for (let worker = 0; worker < 3; worker += 1) cluster.fork();
}

function work(id) {
  const euros = 10 * id;
  let count = 0;
  const server = createServer((_, response) => {
    count += 1;
    shop.order(`pi_${id}_${count}`, euros);
    response.setHeader('connection', 'close').end(String(euros));
  });
  server.listen(0, '127.0.0.1');
}
