/** A service that is loaded by a tool, and the telemetry of one request to it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type Program, runIn } from '../../packages/telemetry/test/support/process.ts';
import type { Receiver } from '../../packages/telemetry/test/support/receiver.ts';
import { ROOT } from '../../tools/repository.ts';
import { installed } from './installed.ts';

/** All tools of the documentation, in one installation. */
const TOOLS = {
  '@rollup/plugin-commonjs': '29.0.3',
  '@rollup/plugin-json': '6.1.0',
  '@rollup/plugin-node-resolve': '16.0.3',
  '@swc-node/register': '1.12.1',
  '@swc/core': '1.16.22',
  '@types/express': '5.0.6',
  '@types/node': '22.20.5',
  '@vercel/ncc': '0.45.0',
  bun: '1.4.5',
  deno: '2.9.6',
  esbuild: '0.28.2',
  express: '5.3.0',
  jest: '30.5.2',
  jiti: '2.7.0',
  mocha: '11.7.4',
  node18: 'npm:node@18.20.8',
  node20: 'npm:node@20.20.2',
  node22: 'npm:node@22.14.0',
  pg: '8.23.1',
  pino: '10.4.0',
  rollup: '4.68.8',
  stripe: '23.1.0',
  'ts-node': '10.9.2',
  tsx: '4.23.15',
  typescript: '5.9.3',
  vite: '8.3.8',
  vitest: '5.1.2',
  webpack: '5.113.0',
  'webpack-cli': '7.3.1',
};

const SCRIPTS = ['bun', 'deno', 'esbuild', 'node', 'protobufjs', '@parcel/watcher', '@swc/core'];

const allowScripts = Object.fromEntries(SCRIPTS.map((name) => [name, true]));

/** The folder with all tools. */
export function toolFolder(): string {
  return installed({ dependencies: TOOLS, manifest: { allowScripts } });
}

/** A folder with other versions of some tools. */
export function otherFolder(): string {
  const dependencies = {
    '@types/node': '22.20.5',
    jest: '29.7.0',
    stripe: '23.1.0',
    typescript: '7.0.2',
  };
  return installed({ dependencies, manifest: { allowScripts } });
}

/** A separate package below the tools, with the service in each language. */
export function serviceFolder(name: string, type: 'commonjs' | 'module' = 'commonjs'): string {
  const folder = join(toolFolder(), name);
  const service = readFileSync(`${ROOT}e2e/services/loading/app.mjs`, 'utf8');
  const typed = service.replace("method: 'card'", 'method: Method.Card');
  rmSync(folder, { recursive: true, force: true });
  writeFiles(folder, {
    'package.json': JSON.stringify({ name, private: true, type }),
    'app.mjs': service,
    'without-register.mjs': service.replace(/^.*\n/, ''),
    // Types alone would be stripped; an enum has to be compiled.
    'app.ts': `${typed}\nenum Method { Card = 'card' }\n`,
  });
  return folder;
}

/** Writes files below a folder, which is created if missing. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** A shell command, and an environment with this Node.js and the tools of a folder in `PATH`, as with `npx`. */
export function shell(
  folder: string,
  command: string,
): { readonly text: string; readonly env: Record<string, string | undefined> & { PATH: string } } {
  const bins = [folder, dirname(folder)].map((one) => join(one, 'node_modules', '.bin'));
  const PATH = [dirname(process.execPath), ...bins, process.env['PATH']].join(delimiter);
  const { NODE_OPTIONS: _, ...env } = process.env;
  return { text: command.replace(/\bnpx /, ''), env: { ...env, PATH } };
}

/** Runs a command of the documentation to its end. Throws with its output when it fails. */
export function runCommand(folder: string, command: string): void {
  const { text, env } = shell(folder, command);
  execFileSync('sh', ['-c', text], { cwd: folder, env, stdio: 'pipe' });
}

/** Runs the commands of a recipe; the last one is started without waiting for its end. */
export function start(
  folder: string,
  commands: readonly string[],
  variables: Readonly<Record<string, string>>,
): Program {
  for (const command of commands.slice(0, -1)) runCommand(folder, command);
  const { text, env } = shell(folder, commands.at(-1) ?? '');
  return runIn(folder, ['sh', '-c', `exec ${text}`], { PATH: env.PATH, ...variables });
}

/** The telemetry that arrived for one request. */
export interface Seen {
  readonly payment: boolean;
  readonly logs: boolean;
  readonly HTTP: boolean;
  readonly 'Express route': boolean;
}

/** Starts a service by a recipe, sends it one request, ends it, and returns what arrived and its stderr. */
export async function seenOf(
  receiver: Receiver,
  folder: string,
  commands: readonly string[],
): Promise<{ readonly seen: Seen; readonly stderr: string }> {
  for (const list of [receiver.spans, receiver.records, receiver.metrics]) list.length = 0;
  const service = start(folder, commands, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const [, port] = await service.seen(/"port":(\d+)/);
  await (await fetch(`http://127.0.0.1:${port}/pay/pi_1`)).text();
  service.kill('SIGTERM');
  const { stderr } = await service.ended;
  return { seen: read(receiver), stderr };
}

function read(receiver: Receiver): Seen {
  const { spans, records } = receiver;
  const requests = spans.filter(({ kind }) => kind === 2);
  const events = records.filter(({ eventName }) => eventName?.endsWith('payment.succeeded'));
  return {
    payment: events.length === 1 && countedPayments(receiver) === 1,
    logs: records.some(({ body }) => body?.stringValue === 'paying'),
    HTTP: requests.length === 1,
    'Express route': requests.some(({ name }) => name === 'GET /pay/:id'),
  };
}

/** The number of payments in the latest metrics. */
export function countedPayments({ metrics }: Receiver): number {
  const { sum } = metrics.find(({ name }) => name.endsWith('payment.outcomes')) ?? {};
  const values = sum?.dataPoints.map(({ asInt, asDouble }) => Number(asInt ?? asDouble)) ?? [];
  return values.reduce((total, value) => total + value, 0);
}
