/** The ends of a process in docs/exits.md, and the observed result of each. */
import { type Ended, runIn } from '../../packages/telemetry/test/support/process.ts';
import { attributeOf, type Receiver } from '../../packages/telemetry/test/support/receiver.ts';
import { installed } from '../support/installed.ts';
import { endWithPm2 } from './pm2.ts';

const SOURCES = 'e2e/services/ends';
const REGISTER = '@moneytrail/telemetry/register';

const NEST = {
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
};

/** Two major versions of NestJS cannot be in one folder. */
const FOLDERS = {
  modern: {
    '@godaddy/terminus': '4.12.1',
    '@nestjs/common': '12.5.1',
    '@nestjs/core': '12.5.1',
    '@nestjs/platform-express': '12.5.1',
    ...NEST,
    'async-exit-hook': '2.0.1',
    'close-with-grace': '2.5.0',
    'exit-hook': '5.1.0',
    'node-graceful': '3.1.0',
    piscina: '5.3.2',
    pm2: '7.0.4',
    'signal-exit': '4.1.0',
    'signal-exit-3': 'npm:signal-exit@3.0.7',
    tinypool: '2.2.0',
  },
  nest11: {
    '@nestjs/common': '11.2.10',
    '@nestjs/core': '11.2.10',
    '@nestjs/platform-express': '11.2.10',
    ...NEST,
  },
};

/** One way to end. */
export interface Way {
  /** The first column of the table. */
  readonly name: string;
  readonly folder?: keyof typeof FOLDERS;
  /** Program and arguments. */
  readonly program: readonly [string, ...string[]];
  readonly signal?: NodeJS.Signals;
  /** Id of the expected payment. */
  readonly id?: string;
  /** Options for PM2, which starts and stops it. */
  readonly pm2?: readonly string[];
}

/** How a process ended, in the words of the table, and the telemetry that arrived. */
export interface Seen {
  readonly exit: string;
  readonly traces: string;
  readonly logs: string;
  readonly metrics: string;
  readonly ms: number;
}

const app = (way: string, signal?: NodeJS.Signals): Pick<Way, 'program' | 'signal'> => ({
  program: ['app.mjs', way],
  ...(signal && { signal }),
});

const threads = (way: string, signal?: NodeJS.Signals): Omit<Way, 'name'> => ({
  program: ['threads.mjs', way],
  id: 'pi_thread',
  ...(signal && { signal }),
});

const pool = (library: string, waiting: string, task = 'task'): Omit<Way, 'name'> => ({
  program: ['pools.mjs', library, waiting, task],
  id: 'pi_thread',
  signal: 'SIGTERM',
});

export const WAYS: readonly Way[] = [
  { name: 'natural end', ...app('natural end') },
  ...(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const).map((signal) => ({
    name: `${signal}, no handler`,
    ...app('no handler', signal),
  })),
  { name: 'SIGTERM, a handler that lets the work end', ...app('own handler', 'SIGTERM') },
  {
    name: 'SIGTERM, `server.close(() => process.exit(0))`',
    ...app('exit after server.close', 'SIGTERM'),
  },
  { name: '`process.exit(4)`', ...app('process.exit') },
  { name: 'uncaught exception', ...app('uncaught exception') },
  { name: 'unhandled rejection', ...app('unhandled rejection') },
  {
    name: 'uncaught exception, recorded by a handler that exits',
    ...app('own handler of uncaught exceptions'),
    id: 'pi_crash',
  },
  {
    name: '`process.exit(4)`, recorded in a listener to `exit`',
    ...app('listener to exit'),
    id: 'pi_exit',
  },
  { name: 'SIGKILL', ...app('no handler', 'SIGKILL') },
  { name: 'a handler that sends the signal again', ...app('sends the signal again', 'SIGTERM') },
  ...['signal-exit 3', 'signal-exit 4', 'terminus', 'close-with-grace', 'async-exit-hook'].map(
    (name) => ({ name, ...app(name, 'SIGTERM') }),
  ),
  ...['exit-hook', 'node-graceful'].map((name) => ({ name, ...app(name, 'SIGTERM') })),
  ...(['modern', 'nest11'] as const).flatMap((folder) =>
    ['with', 'without'].map((how) => ({
      name: `NestJS ${folder === 'modern' ? 12 : 11} ${how} \`enableShutdownHooks()\``,
      folder,
      ...app(`NestJS ${how} its hooks`, 'SIGTERM'),
    })),
  ),
  { name: 'worker thread, SIGTERM', ...threads('no handler', 'SIGTERM') },
  {
    name: 'worker thread, SIGTERM, a handler that exits',
    ...threads('exit after the signal', 'SIGTERM'),
  },
  { name: 'worker thread in a worker thread, SIGTERM', ...threads('nested', 'SIGTERM') },
  { name: 'worker thread, its natural end', ...threads('natural end of the thread') },
  { name: 'worker thread, `process.exit()` in it', ...threads('process.exit in the thread') },
  {
    name: 'worker thread, `process.exit(4)` in the main thread',
    ...threads('process.exit in the main thread'),
  },
  { name: 'worker thread, `terminate()`', ...threads('terminate') },
  {
    name: 'worker thread without the import, SIGTERM',
    ...threads('no import in the thread', 'SIGTERM'),
  },
  { name: "Piscina, `atomics: 'disabled'`, SIGTERM", ...pool('piscina', 'events') },
  { name: 'Piscina, SIGTERM', ...pool('piscina', 'atomics') },
  { name: 'Piscina, `await flush()` in the task', ...pool('piscina', 'atomics', 'task-flush') },
  { name: 'Tinypool, `useAtomics: false`, SIGTERM', ...pool('tinypool', 'events') },
  { name: 'Tinypool, SIGTERM', ...pool('tinypool', 'atomics') },
  { name: 'Tinypool, `await flush()` in the task', ...pool('tinypool', 'atomics', 'task-flush') },
  { name: '`node:cluster`, SIGTERM to the primary', program: ['cluster.mjs'], signal: 'SIGTERM' },
  { name: 'PM2, fork mode, `pm2 stop`', ...app('no handler'), pm2: [] },
  { name: 'PM2, cluster mode, `pm2 stop`', ...app('no handler'), pm2: ['-i', '1'] },
  {
    name: 'PM2, `server.close(() => process.exit(0))`',
    ...app('exit after server.close'),
    pm2: ['-i', '1'],
  },
  {
    name: 'PM2, `--shutdown-with-message`',
    ...app('exit after server.close'),
    pm2: ['-i', '1', '--shutdown-with-message'],
  },
];

const installations = new Map<string, string>();

function folderOf(name: keyof typeof FOLDERS): string {
  const known = installations.get(name);
  if (known !== undefined) return known;
  const folder = installed({ dependencies: FOLDERS[name], manifest: { name }, sources: SOURCES });
  installations.set(name, folder);
  return folder;
}

/** Runs a service and ends it in one way, with or without the import. */
export async function end(way: Way, receiver: Receiver, isImported: boolean): Promise<Seen> {
  for (const list of [receiver.records, receiver.spans, receiver.bodies]) list.length = 0;
  const folder = folderOf(way.folder ?? 'modern');
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const { exit, ms } = await (way.pm2 === undefined
    ? endProgram(way, folder, isImported ? ['--import', REGISTER] : [], env)
    : endWithPm2(
        folder,
        way.program,
        [...way.pm2, ...(isImported ? [`--node-args=--import ${REGISTER}`] : [])],
        env,
      ));
  return { exit, ms, ...arrived(receiver, way.id ?? 'pi_last') };
}

async function endProgram(
  { program, signal }: Way,
  folder: string,
  parameters: readonly string[],
  env: Record<string, string>,
): Promise<{ exit: string; ms: number }> {
  const service = runIn(folder, [process.execPath, ...parameters, ...program], env);
  await service.seen(/ending/);
  const startMs = performance.now();
  if (signal) service.kill(signal);
  const ended = await service.ended;
  return { exit: wordsOf(ended), ms: performance.now() - startMs };
}

function wordsOf({ code, signal }: Pick<Ended, 'code' | 'signal'>): string {
  return signal ?? `code ${code}`;
}

function arrived(
  { records, spans, bodies }: Receiver,
  id: string,
): Pick<Seen, 'traces' | 'logs' | 'metrics'> {
  const events = records.filter((record) => attributeOf(record, 'payment.id') === id);
  const lines = records.filter(({ body }) => body?.stringValue === `line of ${id}`);
  return {
    traces: timesOf(spans.filter(({ name }) => name === `span of ${id}`).length),
    logs: timesOf(events.length === lines.length ? events.length : Number.NaN),
    // Counters may be sent more than once.
    metrics: timesOf(bodies.some((body) => body.includes(`count of ${id}`)) ? 1 : 0),
  };
}

function timesOf(times: number): string {
  if (times === 0) return 'lost';
  return times === 1 ? 'arrive' : `${times} times`;
}
