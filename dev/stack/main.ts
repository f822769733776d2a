/**
 * `npm run stack`: the Collector, Prometheus, Jaeger, Loki and Alertmanager as plain processes. Missing programs are built
 * first. Ctrl-C stops all; `--detach` leaves them running in the background until `--stop`.
 */
import { MoneytrailError } from '@moneytrail/catalogue';
import { whenNpmIsGone } from '../process/npm.ts';
import { ensureBuilt } from './build.ts';
import { detach } from './detach.ts';
import { writeGrafanaProvisioning } from './grafana.ts';
import { type MainOptions, readMainOptions } from './options.ts';
import { readyLines, stateOf, table } from './report.ts';
import { type RunningStack, startStack } from './stack.ts';
import { checkNotRunning, removeState, writeState } from './state.ts';
import { showStatus, stopDetached } from './stop.ts';
import { watchDisks } from './watch.ts';

const EXIT_FAILED = 1;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const ACTIONS: Readonly<
  Record<MainOptions['action'], (options: MainOptions) => void | Promise<void>>
> = {
  run,
  detach,
  stop: ({ dataDir }) => stopDetached(dataDir),
  status: ({ dataDir }) => showStatus(dataDir),
  build: async () => {
    for (const [name, program] of await ensureBuilt()) console.log(`${name.padEnd(14)}${program}`);
  },
};

await main();

async function main(): Promise<void> {
  try {
    const options = readMainOptions(process.argv.slice(2));
    await ACTIONS[options.action](options);
  } catch (error) {
    console.error(error instanceof MoneytrailError ? error.message : error);
    process.exit(EXIT_FAILED);
  }
}

/** Starts everything and waits for a signal. */
async function run({ dataDir, profile }: MainOptions): Promise<void> {
  checkNotRunning(dataDir);
  // A closed terminal or a broken pipe must not end this process before the components.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const stopped = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => stopped.abort());
  whenNpmIsGone(() => stopped.abort());
  try {
    const stack = await startStack({ dataDir, profile, onEnd: reportEnd, abort: stopped.signal });
    await runUntil(stack, dataDir, stopped.signal);
  } catch (error) {
    // A stop during the start is not a failure. A build ends with this process.
    if (!stopped.signal.aborted) throw error;
  }
  process.exit();
}

async function runUntil(stack: RunningStack, dataDir: string, stopped: AbortSignal): Promise<void> {
  const state = stateOf(stack);
  writeGrafanaProvisioning(dataDir, state.urls);
  writeState(dataDir, state);
  const percent = process.env['MONEYTRAIL_TRACE_PERCENT'] || '100';
  for (const line of [...table(state), ...readyLines(state, dataDir, percent)]) console.log(line);
  // Nothing else keeps this process alive.
  const hold = setInterval(() => undefined, 60_000);
  const stopWatching = watchDisks({
    dataDir,
    urls: stack.urls,
    report: (name, what) => console.error(`${name} ${what}`),
  });
  if (!stopped.aborted) {
    await new Promise((resolve) => {
      stopped.addEventListener('abort', resolve);
    });
  }
  clearInterval(hold);
  stopWatching();
  console.log('stopping');
  const startMs = performance.now();
  await stack.close();
  removeState(dataDir);
  console.log(`stopped in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}

function reportEnd(name: string, how: string, log: string): void {
  console.error(`${name} ${how}\n${log}`);
  console.error('It is not started again; the others go on. Ctrl-C stops them.');
}
