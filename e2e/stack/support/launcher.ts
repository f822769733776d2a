import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPONENT_NAMES } from '../../../dev/stack/index.ts';
import { choosePorts } from '../../../dev/stack/ports.ts';
import { type Run, run } from '../../support/run.ts';

/** What `npm run stack` runs. */
const COMMAND = ['--conditions=@moneytrail/source', 'dev/stack/main.ts'];
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

/** A place of its own under the folder of temporary files. */
export function newPlace(): Place {
  const dataDir = mkdtempSync(join(tmpdir(), 'moneytrail-launcher-'));
  const runHere: Place['run'] = (args, env) =>
    run(process.execPath, [...COMMAND, '--data', dataDir, ...args], { ...FREE_PORTS, ...env });
  const finish = async (...args: string[]) => {
    const one = runHere(args);
    const { code } = await one.ended;
    return { code, output: one.output() };
  };
  return {
    dataDir,
    otlpPort: FREE.MONEYTRAIL_OTLP_HTTP_PORT,
    run: runHere,
    finish,
    pids: () => pidsOf(dataDir),
    close: async () => {
      await finish('--stop');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function pidsOf(dataDir: string): Record<string, number> {
  const { launcher, components } = JSON.parse(readFileSync(join(dataDir, 'stack.json'), 'utf8'));
  const pids: Record<string, number> = { launcher: launcher.pid };
  for (const { name, pid } of components) pids[name] = pid;
  return pids;
}
