/** Starts and stops processes with PM2. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, runIn } from '../../packages/telemetry/test/support/process.ts';

/** Starts and stops a program with a separate PM2 daemon. */
export async function endWithPm2(
  folder: string,
  [file, ...args]: readonly [string, ...string[]],
  options: readonly string[],
  env: Record<string, string>,
): Promise<{ exit: string; ms: number }> {
  const home = mkdtempSync(join(tmpdir(), 'moneytrail-pm2-'));
  const call = (variables: Record<string, string>, ...parameters: string[]): Promise<Ended> =>
    runIn(folder, [process.execPath, 'node_modules/pm2/bin/pm2', ...parameters], {
      ...variables,
      PM2_HOME: home,
    }).ended;
  try {
    // The daemon does not have the variables of the service.
    await call({}, 'ping');
    await call(env, 'start', file, '--wait-ready', ...options, '--', ...args);
    const startMs = performance.now();
    await call({}, 'stop', 'all');
    const ms = performance.now() - startMs;
    const log = readFileSync(join(home, 'pm2.log'), 'utf8');
    const [, code, signal] = /exited with code \[(\d+)\] via signal \[(\w+)\]/.exec(log) ?? [];
    // PM2 reports the signal that it sent even when the process ended by itself.
    return { exit: log.includes('SIGKILL') ? 'SIGKILL' : `code ${code}, ${signal}`, ms };
  } finally {
    await call({}, 'kill');
    rmSync(home, { recursive: true, force: true });
  }
}
