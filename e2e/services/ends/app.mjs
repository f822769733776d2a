// A service that records one payment and then ends in the way of its argument.
import { createServer } from 'node:http';
import { flush } from '@moneytrail/telemetry';
import { pay } from './pay.mjs';

const startServer = () => createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
const untilKilled = () => setInterval(() => {}, 1000);

const ways = {
  'natural end': () => {},
  'no handler': untilKilled,
  'own handler': () => {
    const work = untilKilled();
    process.once('SIGTERM', () => clearInterval(work));
  },
  'exit after server.close': () => {
    const server = startServer();
    const stop = () => server.close(() => process.exit(0));
    process.on('SIGTERM', stop).on('SIGINT', stop);
    process.on('message', (message) => message === 'shutdown' && stop());
  },
  'flush and exit after server.close': () => {
    const server = startServer();
    process.on('SIGTERM', () => server.close(() => void flush().then(() => process.exit(0))));
  },
  'process.exit': () => setImmediate(() => process.exit(4)),
  'uncaught exception': () => {
    setImmediate(() => {
      throw new Error('as it happens');
    });
  },
  'own handler of uncaught exceptions': () => {
    process.on('uncaughtException', () => {
      pay('pi_crash');
      process.exit(6);
    });
    ways['uncaught exception']();
  },
  'listener to exit': () => {
    process.on('exit', () => pay('pi_exit'));
    ways['process.exit']();
  },
  'unhandled rejection': () => void Promise.reject(new Error('as it happens')),
  'sends the signal again': () => {
    const server = startServer();
    const onSignal = (signal) => {
      server.close(() => {
        process.off('SIGTERM', onSignal);
        process.kill(process.pid, signal);
      });
    };
    process.on('SIGTERM', onSignal);
  },
  'signal-exit 3': async () => {
    const { default: onExit } = await import('signal-exit-3');
    onExit(() => {});
    startServer();
  },
  'signal-exit 4': async () => {
    const { onExit } = await import('signal-exit');
    onExit(() => {});
    startServer();
  },
  terminus: async () => {
    const { createTerminus } = await import('@godaddy/terminus');
    createTerminus(startServer(), { signals: ['SIGTERM'], onSignal: async () => {} });
  },
  'close-with-grace': async () => {
    const { default: closeWithGrace } = await import('close-with-grace');
    const server = startServer();
    closeWithGrace({ logger: false }, () => new Promise((closed) => server.close(closed)));
  },
  'async-exit-hook': async () => {
    const { default: exitHook } = await import('async-exit-hook');
    startServer();
    exitHook((done) => setTimeout(done, 20));
  },
  'exit-hook': async () => {
    const { asyncExitHook } = await import('exit-hook');
    startServer();
    asyncExitHook(async () => {}, { wait: 100 });
  },
  'node-graceful': async () => {
    const { default: Graceful } = await import('node-graceful');
    startServer();
    Graceful.on('exit', async () => {});
  },
  'NestJS with its hooks': () => nest((app) => app.enableShutdownHooks()),
  'NestJS without its hooks': () => nest(() => {}),
};

async function nest(prepare) {
  await import('reflect-metadata');
  const { Module } = await import('@nestjs/common');
  const { NestFactory } = await import('@nestjs/core');
  class App {}
  Module({})(App);
  const app = await NestFactory.create(App, { logger: false });
  prepare(app);
  await app.listen(0, '127.0.0.1');
}

const [, , way] = process.argv;
const starting = ways[way]();
// Immediate ends record the payment first.
if (starting) await starting;
pay();
console.log('ending');
process.send?.('ready');
