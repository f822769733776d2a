/** A running stack for tests, and disturbances of its components. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ComponentName, type RunningStack, startStack } from '../../../dev/stack/index.ts';
import { type Settlement, settle } from './balance.ts';
import { newRun } from './ids.ts';
import { type Load, startLoad } from './load.ts';
import { targetOf } from './sender.ts';

/** A stack with a temporary data folder, on free ports. */
export interface TestStack {
  readonly stack: RunningStack;
  readonly dataDir: string;
  readonly close: () => Promise<void>;
}

/** The backends that store data. */
export const BACKENDS = ['prometheus', 'jaeger', 'loki'] as const;

/** Length of an outage of a backend: 180 in the full test, less in each change. */
export const OUTAGE_SECONDS = Number(process.env['MONEYTRAIL_OUTAGE_SECONDS'] ?? 20);

/** Long enough to write all queued data, on a slow machine too. */
export const SETTLE_MS = 60_000 + OUTAGE_SECONDS * 500;

const CALM_MS = 2_000;

/** The data folder, and a listener for the end of components. */
export interface TestStackOptions {
  readonly dataDir?: string;
  readonly onEnd?: (name: ComponentName, how: string) => void;
}

/** Starts the Collector and the backends; every trace is kept unless `env` says how many. */
export async function startTestStack(
  env: Readonly<Record<string, string>> = {},
  components: readonly ComponentName[] = ['collector', ...BACKENDS],
  options: TestStackOptions = {},
): Promise<TestStack> {
  const { onEnd = () => undefined } = options;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'moneytrail-stack-'));
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  const all = { MONEYTRAIL_TRACE_PERCENT: '100', MONEYTRAIL_DECISION_WAIT: '2s', ...env };
  const stack = await startStack({ dataDir, components, env: all, ports: 'free', onEnd }).catch(
    (failure: unknown) => {
      remove();
      throw failure;
    },
  );
  return {
    stack,
    dataDir,
    close: async () => {
      await stack.close();
      remove();
    },
  };
}

/** Disturbs a component for some time. */
export type Disturbance = (stack: RunningStack, name: ComponentName) => Promise<void>;

/** Ends a component with a signal and restarts it after the outage. */
export function ended(signal: 'SIGTERM' | 'SIGKILL', seconds: number): Disturbance {
  return async (stack, name) => {
    await stack.signal(name, signal);
    await wait(seconds * 1000);
    await stack.start(name);
  };
}

/** Hangs a component: its ports accept connections, but it does not respond. */
export function hung(seconds: number): Disturbance {
  return async (stack, name) => {
    await stack.signal(name, 'SIGSTOP');
    await wait(seconds * 1000);
    await stack.signal(name, 'SIGCONT');
  };
}

/** Kills a component during its start, once for each delay after the start; then starts it. */
export function killedWhileStarting(delaysMs: readonly number[]): Disturbance {
  return async (stack, name) => {
    await stack.signal(name, 'SIGKILL');
    for (const delayMs of delaysMs) {
      const starting = stack.start(name).catch(() => undefined);
      await wait(delayMs);
      await stack.signal(name, 'SIGKILL');
      await starting;
    }
    await stack.start(name);
  };
}

/** Runs a disturbance while all backends are down, so that the queue of the Collector is not empty. */
export function withNothingBehind(disturb: Disturbance): Disturbance {
  return async (stack, name) => {
    await Promise.all(BACKENDS.map((backend) => stack.signal(backend, 'SIGTERM')));
    await wait(2_000);
    await disturb(stack, name);
    await Promise.all(BACKENDS.map((backend) => stack.start(backend)));
  };
}

/** The result of a load with a disturbance. */
export interface Outcome extends Settlement {
  readonly line: string;
}

/** Runs a load with a disturbance, and compares accepted data with the data in the backends. */
export async function underLoad(
  stack: RunningStack,
  name: string,
  disturb: () => Promise<void>,
  { settleMs = SETTLE_MS }: { readonly settleMs?: number } = {},
): Promise<Outcome> {
  const load = startLoad(targetOf(stack.env), newRun(name));
  await wait(CALM_MS);
  await disturb();
  await wait(CALM_MS);
  await load.stop();
  const settlement = await settle(load.ledger, stack.urls, settleMs);
  return { ...settlement, line: `${name}: ${lineOf(load, settlement)}` };
}

/** A readable summary: accepted, missing and duplicate data, and the time until everything arrived. */
function lineOf(load: Load, { balance, waitedMs }: Settlement): string {
  const { spans, events, samples } = balance;
  const counts = Object.entries({ spans, events, samples }).flatMap(([part, count]) =>
    count === undefined ? [] : [`${part} ${count.accepted}/${count.missing}/${count.twice}`],
  );
  const waits = Object.entries(waitedMs).map(([at, ms]) => `${at} ${(ms / 1000).toFixed(1)} s`);
  const { retries, longestMs, refusals } = load.report();
  const refused = [...refusals].map(([reason, times]) => `${reason} x${times}`).join(', ');
  return [
    `${load.ledger.events.size} payments; accepted/missing/twice: ${counts.join(', ')}`,
    `there after ${waits.join(', ')}`,
    `retries ${retries}${refused === '' ? '' : ` (${refused})`}, longest request ${longestMs} ms`,
  ].join('; ');
}
