/** The processes that `npm start` runs, each with its script, arguments and environment. */
import type { Program } from '../process/program.ts';
import type { StartOptions } from './options.ts';
import type { Tree } from './tree.ts';

const EXAMPLE = 'examples/creator-platform';
/** What each server prints when it listens. */
const READY = /ready: (\S+)/;

/** Bundles the UI of the store. */
export function bundlePage(tree: Tree): Promise<void> {
  return tree.run({ name: 'page', path: 'packages/page/build.ts' });
}

/** Starts the store; resolves with its address. */
export function startStore(tree: Tree, { port, dataDir }: StartOptions): Promise<string> {
  const args = ['--port', String(port), '--data', dataDir];
  return tree.start({ name: 'store', path: 'packages/store/src/main.ts', args }).printed(READY);
}

/** Starts the stand-in for Stripe; resolves with its address. */
export function startStandIn(
  tree: Tree,
  { appPort, traffic }: StartOptions,
  secrets: Record<string, string>,
): Promise<string> {
  const env = {
    ...secrets,
    WEBHOOK_URL: `http://127.0.0.1:${appPort}/webhooks/stripe`,
    STEADY: String(!traffic),
  };
  return tree.start({ name: 'stand-in', path: `${EXAMPLE}/stand-in/main.ts`, env }).printed(READY);
}

/** Starts a ledger unless `DATABASE_URL` names one; resolves with the example's settings for it. */
export async function startLedger(tree: Tree): Promise<Record<string, string>> {
  if (process.env['DATABASE_URL']) return {};
  const ledger = tree.start({ name: 'ledger', path: `${EXAMPLE}/src/ledger/pglite-server.ts` });
  return { DATABASE_URL: await ledger.printed(READY), DATABASE_CONNECTIONS: '1' };
}

/** Starts the example; resolves when it responds, which it does once the ledger is open. */
export async function startExample(
  tree: Tree,
  options: StartOptions,
  settings: Record<string, string>,
): Promise<void> {
  const example = tree.start({
    name: 'example',
    path: `${EXAMPLE}/src/main.ts`,
    env: {
      PORT: String(options.appPort),
      ...(!options.traffic && { PAYOUT_INTERVAL_MS: '0' }),
      OTEL_SERVICE_NAME: 'creator-platform',
      ...(options.backend === 'store' && {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${options.port}`,
      }),
      // Shorter than the defaults, so that the UI shows a payment soon.
      OTEL_METRIC_EXPORT_INTERVAL: process.env['OTEL_METRIC_EXPORT_INTERVAL'] ?? '5000',
      OTEL_BSP_SCHEDULE_DELAY: '500',
      OTEL_BLRP_SCHEDULE_DELAY: '500',
      ...settings,
    },
  });
  await example.respondsAt(`http://127.0.0.1:${options.appPort}/livez`);
}

/** Starts the driver, which generates the traffic. */
export function startDriver(tree: Tree, { appPort }: StartOptions): Program {
  return tree.start({
    name: 'driver',
    path: `${EXAMPLE}/driver/main.ts`,
    env: { APP_URL: `http://127.0.0.1:${appPort}` },
  });
}
