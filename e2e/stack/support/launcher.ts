import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPONENT_NAMES } from '../../../dev/stack/index.ts';
import { choosePorts } from '../../../dev/stack/ports.ts';
import { type Run, run } from '../../support/run.ts';

/** The script of `npm run stack`. */
const COMMAND = ['--conditions=@moneytrail/source', 'dev/stack/main.ts'];
const FREE = await choosePorts('free', {}, COMPONENT_NAMES);

/** Free ports for all listeners, because another stack may use the default ports. */
export const FREE_PORTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(FREE).map(([variable, port]) => [variable, String(port)]),
);

/** A data folder, and runs of `npm run stack` with it. */
export interface Place {
  readonly dataDir: string;
  /** Address of the Collector. */
  readonly otlpPort: number;
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Run;
  /** Runs it to its end. */
  readonly finish: (...args: string[]) => Promise<{ readonly code: number | null; output: string }>;
  /** The processes of the running stack, by name. */
  readonly pids: () => Readonly<Record<string, number>>;
  /** Stops the stack and removes the folder. */
  readonly close: () => Promise<void>;
}

/** Creates a temporary data folder. */
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
