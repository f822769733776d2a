// A main thread and a worker thread that pays. The argument says how they end.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { pay } from './pay.mjs';

const untilKilled = () => setInterval(() => {}, 1000);

const ways = {
  'no handler': {},
  'natural end of the thread': { ofThread: () => {} },
  'process.exit in the thread': { ofThread: () => process.exit(5) },
  'process.exit in the main thread': { ofMain: () => setImmediate(() => process.exit(4)) },
  'exit after the signal': {
    ofMain: () => process.on('SIGTERM', () => process.exit(0)),
  },
  terminate: { ofMain: (worker) => worker.terminate() },
  'no import in the thread': { options: { execArgv: [] } },
  nested: { isNested: true },
};

function start(way, isInner) {
  const { options = {}, ofMain = () => {} } = ways[way];
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { way, isInner },
    ...options,
  });
  worker.once('message', () => {
    ofMain(worker);
    if (isMainThread) console.log('ending');
    else parentPort.postMessage('paid');
  });
}

if (isMainThread) start(process.argv[2], false);
else {
  const { way, isInner } = workerData;
  const { isNested = false, ofThread = untilKilled } = ways[way];
  if (isNested && !isInner) start(way, true);
  else {
    pay('pi_thread');
    parentPort.postMessage('paid');
  }
  ofThread();
}
