import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ComponentName, type RunningStack, startStack } from '../../../dev/stack/index.ts';
import { type Settlement, settle } from './balance.ts';
import { newRun } from './ids.ts';
import { type Load, startLoad } from './load.ts';
import { targetOf } from './sender.ts';

/** A stack with data of its own, on free ports. */
export interface Stand {
  readonly stack: RunningStack;
  readonly dataDir: string;
  readonly close: () => Promise<void>;
}

/** Where data comes to rest. */
export const BACKENDS = ['prometheus', 'jaeger', 'loki'] as const;

/** How long a backend is away. The whole length is 180; what runs with every change takes a part of it. */
export const OUTAGE_SECONDS = Number(process.env['MONEYTRAIL_OUTAGE_SECONDS'] ?? 20);

/** Long enough that everything which waited is written, on a slow machine too. */
export const SETTLE_MS = 60_000 + OUTAGE_SECONDS * 500;

const CALM_MS = 2_000;

/** Where the data is, and who is told when a component ends. */
export interface StandOptions {
  readonly dataDir?: string;
  readonly onEnd?: (name: ComponentName, how: string) => void;
}

/** Starts the Collector and the backends; every trace is kept unless `env` says how many. */
export async function startStand(
  env: Readonly<Record<string, string>> = {},
  components: readonly ComponentName[] = ['collector', ...BACKENDS],
  options: StandOptions = {},
): Promise<Stand> {
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

/** Takes a component away for some time. */
export type Disturbance = (stack: RunningStack, name: ComponentName) => Promise<void>;

/** Ends a component with a signal and starts it again after the outage. */
export function ended(signal: 'SIGTERM' | 'SIGKILL', seconds: number): Disturbance {
  return async (stack, name) => {
    await stack.signal(name, signal);
    await wait(seconds * 1000);
    await stack.start(name);
  };
}

/** Lets a component hang: its ports take connections and nothing answers. */
export function hung(seconds: number): Disturbance {
  return async (stack, name) => {
    await stack.signal(name, 'SIGSTOP');
    await wait(seconds * 1000);
    await stack.signal(name, 'SIGCONT');
  };
}

/** Kills a component while it starts, once for each delay after the start; then lets it start. */
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

/** Does something while no backend is there, so that the queue of the Collector is not empty. */
export function withNothingBehind(disturb: Disturbance): Disturbance {
  return async (stack, name) => {
    await Promise.all(BACKENDS.map((backend) => stack.signal(backend, 'SIGTERM')));
    await wait(2_000);
    await disturb(stack, name);
    await Promise.all(BACKENDS.map((backend) => stack.start(backend)));
  };
}

/** What a load under a disturbance left in the backends. */
export interface Outcome extends Settlement {
  readonly line: string;
}

/** Runs a load, disturbs, and compares what was accepted with what the backends hold. */
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

/** Accepted, missing, there twice and the time until all was there, for people. */
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
