/** A main thread and four worker threads that record a payment each; a fifth has ended, a sixth is in an endless loop. */
import { isMainThread, threadId, Worker, workerData } from 'node:worker_threads';
import { money } from '@moneytrail/catalogue';
import { payments } from '@moneytrail/metrics';

const KINDS = ['waits', 'waits', 'waits', 'waits', 'ends', 'is busy'];

payments.succeeded({ provider: 'stripe', id: `pi_${threadId}`, amount: money(100n, 'EUR') });
if (isMainThread) {
  let running = KINDS.length;
  for (const kind of KINDS) {
    const worker = new Worker(new URL(import.meta.url), { workerData: kind });
    worker.once(kind === 'ends' ? 'exit' : 'message', () => {
      running -= 1;
      if (running === 0) console.log('ready');
    });
  }
} else {
  const { parentPort } = await import('node:worker_threads');
  parentPort?.postMessage('recorded');
  if (workerData === 'waits') setInterval(() => {}, 1000);
  if (workerData === 'is busy') for (;;);
}
