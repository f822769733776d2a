/** Runs other programs, two at a time. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { ROOT } from './repository.ts';

/** The result of a program, with its output. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a program to its end, in the root by default. Never rejects. */
export function execute(
  file: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: ROOT, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: unknown[] = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => chunks.push(error));
    child.on('close', (code, signal) => {
      if (signal !== null) chunks.push(`ended by ${signal}`);
      resolve({ ok: code === 0, output: chunks.join('').trimEnd() });
    });
  });
}

/** Processes all items, two at a time, and returns those whose work returned false. */
export async function failuresOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<boolean>,
): Promise<Item[]> {
  const waiting = [...items];
  const failed: Item[] = [];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      if (!(await work(item))) failed.push(item);
    }
  };
  await Promise.all([worker(), worker()]);
  return failed;
}
