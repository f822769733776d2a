/** All ways in which the example ends: the exit code or signal is the same as without the import, in time, and its last payment is in the store. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../dev/process/free-port.ts';
import { type Ended, run } from '../packages/telemetry/test/support/process.ts';
import { eventually } from './support/eventually.ts';
import { type Platform, startPlatform } from './support/platform.ts';

const EXAMPLE = fileURLToPath(new URL('../examples/creator-platform/src/', import.meta.url));
const WITH_IMPORT = `${EXAMPLE}main.ts`;
const WITHOUT_IMPORT = `${EXAMPLE}app.ts`;
const LONGEST_END_MS = 4000;

/** Faults that the code of the example does not have are injected before it starts, and triggered by a signal. */
const THROW = "process.once('SIGUSR2', () => { throw new Error('planted'); })";
const REJECT = "process.once('SIGUSR2', () => void Promise.reject(new Error('planted')))";

const ENDINGS = {
  SIGTERM: { signal: 'SIGTERM', plant: '', delivers: true },
  SIGINT: { signal: 'SIGINT', plant: '', delivers: true },
  'uncaught exception': { signal: 'SIGUSR2', plant: THROW, delivers: false },
  'unhandled rejection': { signal: 'SIGUSR2', plant: REJECT, delivers: false },
} as const;

type Ending = keyof typeof ENDINGS;

let platform: Platform;
let silent: Server;
let settings: Record<string, string>;

beforeAll(async () => {
  platform = await startPlatform({ args: ['--no-traffic'] });
  silent = createServer().listen(0, '127.0.0.1');
  settings = settingsOfExample();
});

afterAll(async () => {
  silent.close();
  await platform.close();
});

/** The addresses of ledger and Stripe stand-in, from the environment of the running example. */
function settingsOfExample(): Record<string, string> {
  const [, pid] =
    [...platform.members()].find(([script]) => script.endsWith('creator-platform/src/main')) ?? [];
  const pairs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  const wanted = pairs.filter((pair) => /^(DATABASE|STRIPE)_/.test(pair));
  return Object.fromEntries(
    wanted.map((pair) => [...pair.split('=', 1), pair.replace(/^[^=]*=/, '')]),
  );
}

function endpoints(): Record<string, string> {
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    'accepts everything': platform.storeUrl,
    'refuses connections': 'http://127.0.0.1:1',
    'never responds': `http://127.0.0.1:${port}`,
  };
}

/** Starts the example, takes a payment, ends it. */
async function end(
  entry: string,
  ending: Ending,
  endpoint: string,
): Promise<Ended & { payment: string; ms: number }> {
  const { signal, plant } = ENDINGS[ending];
  const port = String(await freePort());
  const flags =
    plant === '' ? [] : ['--import', `data:text/javascript,${encodeURIComponent(plant)}`];
  const example = run([...flags, entry], {
    ...settings,
    PORT: port,
    PAYOUT_INTERVAL_MS: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  });
  await example.seen(/listening/);
  const payment = await pay(`http://127.0.0.1:${port}`);
  const startMs = performance.now();
  example.kill(signal);
  return { ...(await example.ended), payment, ms: performance.now() - startMs };
}

async function pay(url: string): Promise<string> {
  const body = { creator: 'nightkiln', amount_minor: 2500, currency: 'USD', purpose: 'tip' };
  const response = await fetch(`${url}/checkout`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ ...body, payment_method: 'pm_card_visa' }),
  });
  const paid: object = Object(await response.json());
  return String(Reflect.get(paid, 'payment'));
}

async function storedOutcome(payment: string): Promise<unknown> {
  const response = await fetch(`${platform.storeUrl}/api/payments/${payment}`);
  const { payment: row }: { payment?: { outcome: string; trace_id?: string } } = Object(
    await response.json(),
  );
  return row?.trace_id && row.outcome;
}

describe.each(Object.keys(ENDINGS) as Ending[])('%s', (ending) => {
  let bare: Ended;

  beforeAll(async () => {
    bare = await end(WITHOUT_IMPORT, ending, '');
  });

  it.each(['accepts everything', 'refuses connections', 'never responds'])(
    'is what it is without the import when the endpoint %s',
    async (endpoint) => {
      const ended = await end(WITH_IMPORT, ending, endpoints()[endpoint] ?? '');
      expect([ended.code, ended.signal]).toEqual([bare.code, bare.signal]);
      expect(ended.ms).toBeLessThan(LONGEST_END_MS);
      if (!ENDINGS[ending].delivers || endpoint !== 'accepts everything') return;
      const outcome = await eventually(
        () => storedOutcome(ended.payment),
        (stored) => stored === 'succeeded',
      );
      expect(outcome).toBe('succeeded');
    },
  );
});
