/**
 * `npm start`: the store with its UI, the stand-in for Stripe, the ledger, the example and the driver as one process
 * tree. Ctrl-C and SIGTERM stop them in the opposite order; the exit code is then 130 or 143, as a shell reports it. With
 * `--backend stack` the real backends take the place of the store.
 */
import { randomBytes } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { join, resolve } from 'node:path';
import { codedError, MoneytrailError } from '@moneytrail/catalogue';
import { ERRORS } from './errors.ts';
import { checkPort, readStartOptions, type StartOptions } from './platform/options.ts';
import {
  bundlePage,
  startDriver,
  startExample,
  startLedger,
  startStandIn,
  startStore,
} from './platform/services.ts';
import { type StackBackend, startStackBackend } from './platform/stack.ts';
import { Tree } from './platform/tree.ts';
import { makeEach } from './process/folders.ts';
import { whenNpmIsGone } from './process/npm.ts';

const EXIT_FAILED = 1;
const EXIT_BY_SIGNAL = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
/** npm forwards a signal that the terminal has already sent; only a later one is a second Ctrl-C. */
const SECOND_SIGNAL_MS = 1_000;

await main();

async function main(): Promise<void> {
  let tree: Tree | undefined;
  try {
    const options = readStartOptions(process.argv.slice(2), process.env);
    if (options.backend === 'store') await checkPort('--port', options.port);
    await checkPort('--app-port', options.appPort);
    tree = new Tree(makeLogDir(options.dataDir));
    stopOnSignals(tree);
    whenNpmIsGone(() => process.kill(process.pid, 'SIGTERM'));
    say(`data and logs: ${options.dataDir}`);
    const lines = await startAll(tree, options);
    console.log(`Moneytrail is ready: ${addressOf(options)}`);
    for (const line of lines) console.log(line);
    await tree.watch();
  } catch (error) {
    // The handler of the signal stops the tree and ends this process.
    if (tree?.isStopping()) return;
    if (tree?.lastOutput()) console.error(tree.lastOutput());
    console.error(error instanceof MoneytrailError ? error.message : error);
    await tree?.stop(sayStopped);
    process.exit(EXIT_FAILED);
  }
}

/** Starts everything. Resolves with the lines to print after the ready line. */
async function startAll(tree: Tree, options: StartOptions): Promise<readonly string[]> {
  const backend = startBackend(tree, options);
  const webhookSecret = process.env['STRIPE_WEBHOOK_SECRET'] || newWebhookSecret();
  const secrets = { STRIPE_WEBHOOK_SECRET: webhookSecret };
  const standIn = startStandIn(tree, options, secrets);
  const ledger = startLedger(tree);
  const [stripeUrl, ledgerSettings, { settings, lines }] = await Promise.all([
    standIn,
    ledger,
    backend,
  ]);
  say('ledger and stand-in for Stripe ready');
  const stripe = { ...secrets, STRIPE_API_URL: stripeUrl };
  await startExample(tree, options, { ...ledgerSettings, ...settings, ...stripe });
  say(`example ready: http://127.0.0.1:${options.appPort}`);
  if (options.traffic) startDriver(tree, options);
  say(options.traffic ? 'driver sends about three checkouts per second' : 'no traffic');
  return lines;
}

/** Known only to the stand-in and the example of this run. */
function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64url')}`;
}

async function startBackend(tree: Tree, options: StartOptions): Promise<StackBackend> {
  const nothing = { settings: {}, lines: [] };
  if (options.backend === 'otlp') return nothing;
  if (options.backend === 'stack') {
    const stack = await startStackBackend(tree, options);
    say('stack ready');
    return stack;
  }
  const store = startStore(tree, options).then(() => say('store ready'));
  const page = bundlePage(tree).then(() => say('UI bundled'));
  await Promise.all([store, page]);
  return nothing;
}

/** The address to open: the UI, or the service when the backend has no UI. */
function addressOf({ backend, port, appPort }: StartOptions): string {
  return `http://127.0.0.1:${backend === 'store' ? port : appPort}`;
}

function stopOnSignals(tree: Tree): void {
  let firstMs: number | undefined;
  for (const [signal, exitCode] of Object.entries(EXIT_BY_SIGNAL)) {
    process.on(signal, () => {
      firstMs ??= performance.now();
      if (performance.now() - firstMs > SECOND_SIGNAL_MS) tree.kill();
      void tree.stop(sayStopped).then(() => process.exit(exitCode));
    });
  }
}

function makeLogDir(dataDir: string): string {
  const logDir = join(dataDir, 'logs');
  try {
    makeEach(resolve(logDir), 0o777);
    accessSync(logDir, constants.W_OK);
    return logDir;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw codedError(ERRORS, 'MONEYTRAIL_START_DATA_UNUSABLE', { folder: dataDir, reason });
  }
}

function say(text: string): void {
  console.log(`${(performance.now() / 1000).toFixed(1).padStart(5)} s  ${text}`);
}

function sayStopped(name: string): void {
  say(`${name} stopped`);
}
