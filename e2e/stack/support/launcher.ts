import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMPONENT_NAMES } from '../../../deploy/stack/index.ts';
import { choosePorts } from '../../../deploy/stack/ports.ts';
import { type End, watchOutput } from '../../support/stack.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** What `npm run stack` runs. */
const COMMAND = ['--conditions=@moneytrail/source', 'deploy/stack/main.ts'];
const FREE = await choosePorts('free', {}, COMPONENT_NAMES);

/** A port for everything that listens: the usual ones may be those of a stack that starts beside this one. */
export const FREE_PORTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(FREE).map(([variable, port]) => [variable, String(port)]),
);

/** A folder of data, and the runs of `npm run stack` on it. */
export interface Place {
  readonly dataDir: string;
  /** Where the Collector listens. */
  readonly otlpPort: number;
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Run;
  /** Runs it to its end. */
  readonly finish: (...args: string[]) => Promise<{ readonly code: number | null; output: string }>;
  /** The processes of the stack that runs there, by name. */
  readonly pids: () => Readonly<Record<string, number>>;
  /** Stops what runs there and removes it. */
  readonly close: () => Promise<void>;
}

/** One run of `npm run stack`. */
export interface Run {
  readonly pid: number;
  readonly output: () => string;
  readonly ended: Promise<End>;
  /** Resolves when it has printed the text. Rejects when it ends before. */
  readonly printed: (text: string) => Promise<void>;
  readonly end: (signal: NodeJS.Signals) => Promise<End>;
}

/** A place of its own under the folder of temporary files. */
export function newPlace(): Place {
  const dataDir = mkdtempSync(join(tmpdir(), 'moneytrail-launcher-'));
  const run = (args: readonly string[], env = {}): Run => start(['--data', dataDir, ...args], env);
  const finish = async (...args: string[]) => {
    const one = run(args);
    const { code } = await one.ended;
    return { code, output: one.output() };
  };
  return {
    dataDir,
    otlpPort: FREE.MONEYTRAIL_OTLP_HTTP_PORT,
    run,
    finish,
    pids: () => pidsOf(dataDir),
    close: async () => {
      await finish('--stop');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function start(args: readonly string[], env: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, [...COMMAND, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...FREE_PORTS, ...env },
  });
  const { output, printed } = watchOutput(child);
  const ended = new Promise<End>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const fail = (): never => {
    throw new Error(`npm run stack ended before its time:\n${output()}`);
  };
  return {
    pid: child.pid ?? 0,
    output,
    ended,
    printed: (text) => Promise.race([printed(text), ended.then(fail)]),
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

function pidsOf(dataDir: string): Record<string, number> {
  const { launcher, components } = JSON.parse(readFileSync(join(dataDir, 'stack.json'), 'utf8'));
  const pids: Record<string, number> = { launcher: launcher.pid };
  for (const { name, pid } of components) pids[name] = pid;
  return pids;
}
