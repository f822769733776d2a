import { setTimeout as wait } from 'node:timers/promises';
import type { Member } from './member.ts';
import type { StartOptions } from './options.ts';
import type { Tree } from './tree.ts';

const EXAMPLE = 'examples/creator-platform';
const POLL_MS = 50;

/** Bundles the page of the store. */
export function bundlePage(tree: Tree): Promise<void> {
  return tree.run({ name: 'page', script: 'packages/store/src/build-page.ts' });
}

/** The store; resolves with its address. */
export function startStore(tree: Tree, { port, dataDir }: StartOptions): Promise<string> {
  const args = ['--port', String(port), '--data', dataDir];
  return tree.start({ name: 'store', script: 'packages/store/src/main.ts', args }).address();
}

/** The stand-in for Stripe; resolves with its address. */
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
  return tree.start({ name: 'stand-in', script: `${EXAMPLE}/stand-in/main.ts`, env }).address();
}

/** The ledger, unless there is one; resolves with the settings of the example that lead to it. */
export async function startLedger(tree: Tree): Promise<Record<string, string>> {
  if (process.env['DATABASE_URL']) return {};
  const member = tree.start({ name: 'ledger', script: `${EXAMPLE}/src/ledger/pglite-server.ts` });
  return { DATABASE_URL: await member.address(), DATABASE_CONNECTIONS: '1' };
}

/** The example; resolves when it answers, which it does once the ledger is open. */
export async function startExample(
  tree: Tree,
  options: StartOptions,
  settings: Record<string, string>,
): Promise<void> {
  const url = `http://127.0.0.1:${options.appPort}`;
  const member = tree.start({
    name: 'example',
    script: `${EXAMPLE}/src/main.ts`,
    env: {
      PORT: String(options.appPort),
      ...(!options.traffic && { PAYOUT_INTERVAL_MS: '0' }),
      OTEL_SERVICE_NAME: 'creator-platform',
      ...(options.backend === 'store' && {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${options.port}`,
      }),
      // Quicker than the defaults, so that what shows it follows.
      OTEL_METRIC_EXPORT_INTERVAL: process.env['OTEL_METRIC_EXPORT_INTERVAL'] ?? '5000',
      OTEL_BSP_SCHEDULE_DELAY: '500',
      OTEL_BLRP_SCHEDULE_DELAY: '500',
      ...settings,
    },
  });
  await member.whileAlive(answers(member, `${url}/readyz`));
}

/** The driver, which makes the traffic. */
export function startDriver(tree: Tree, { appPort }: StartOptions): void {
  tree.start({
    name: 'driver',
    script: `${EXAMPLE}/driver/main.ts`,
    env: { APP_URL: `http://127.0.0.1:${appPort}` },
  });
}

/** Asks until there is an answer, or until the process has ended. */
async function answers(member: Member, url: string): Promise<void> {
  while (!member.hasEnded()) {
    const response = await fetch(url).catch(() => undefined);
    await response?.arrayBuffer();
    if (response) return;
    await wait(POLL_MS);
  }
}
