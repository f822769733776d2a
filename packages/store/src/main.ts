/**
 * The store as a process of its own: `node main.ts --data DIR [--port 4318]`. It prints one line when it is ready, and
 * ends on SIGTERM, on SIGINT and when the process that started it goes away.
 */

import { parseArgs } from 'node:util';
import { codedError } from './catalogue.ts';
import { messageOf } from './error-code.ts';
import { ERRORS } from './errors.ts';
import type { StoreOptions } from './options.ts';
import { type Store, startStore } from './store.ts';

/** Exit code for a wrong option and for everything else that keeps the store from starting. */
const EXIT_FAILED = 1;

async function main(): Promise<void> {
  try {
    const store = await startStore(readArguments(process.argv.slice(2)));
    endWith(store);
    process.stdout.write(`Moneytrail store is ready: ${store.url}\n`);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = EXIT_FAILED;
    // The channel to a parent must neither keep the process running nor change its exit code.
    process.channel?.unref();
  }
}

function readArguments(args: string[]): StoreOptions {
  const { port = '4318', data = '' } = parse(args);
  if (!/^\d+$/.test(port))
    throw codedError(ERRORS, 'MONEYTRAIL_STORE_OPTION', {
      option: '--port',
      value: port,
      expected: 'a whole number',
    });
  if (data === '')
    throw codedError(ERRORS, 'MONEYTRAIL_STORE_OPTION', {
      option: '--data',
      value: data,
      expected: 'the path of a folder',
    });
  return { port: Number(port), dataDir: data };
}

function parse(args: string[]): { port?: string; data?: string } {
  try {
    return parseArgs({ args, options: { port: { type: 'string' }, data: { type: 'string' } } })
      .values;
  } catch {
    throw codedError(ERRORS, 'MONEYTRAIL_STORE_OPTION', {
      option: 'arguments',
      value: args.join(' '),
      expected: '--data DIR and --port NUMBER',
    });
  }
}

function endWith(store: Store): void {
  const end = (): void => {
    void store.close().then(() => {
      if (process.connected) process.disconnect();
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
  process.once('disconnect', end);
}

await main();
