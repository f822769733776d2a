// What PM2 does differently from a shell that starts a process.
import type { Variables } from './environment.ts';

/** Variables that telemetry is configured by, and the entry point. */
const OURS = /^(?:OTEL_|MONEYTRAIL_|NODE_ENV$|pm_exec_path$)/;

/** The program of PM2 that loads the service. */
const CONTAINER = /[\\/]pm2[\\/]lib[\\/]ProcessContainer\w*\.js$/;

/** PM2 kills a process that has not ended by then, unless its configuration names another time. */
const KILLS_AFTER_MS = 1600;

/** What is left for the process itself: it must have ended when its time is over. */
const MARGIN_MS = 200;

const SHORTEST_MS = 100;

/**
 * In cluster mode PM2 passes the variables of its configuration as one text, which it unpacks after the first imports. Those that telemetry
 * reads are unpacked here. Never throws.
 */
export function unpackVariables(env: NodeJS.ProcessEnv): void {
  const packed = env['pm2_env'];
  if (packed === undefined) return;
  try {
    const own = Object.entries(JSON.parse(packed)).filter(([name]) => OURS.test(name));
    for (const [name, value] of own) env[name] = String(value);
  } catch {
    // Another tool uses this name.
  }
}

/** The entry point of the service; under PM2, Node was started with that of PM2. */
export function entryPoint(env: Variables): string | undefined {
  const [, path] = process.argv;
  return path !== undefined && CONTAINER.test(path) ? (env['pm_exec_path'] ?? path) : path;
}

/** The time limit of the end, or less where PM2 would kill the process earlier: then it would end by another signal than without us. */
export function limitFor(timeoutMs: number, env: Variables): number {
  if (env['pm_id'] === undefined) return timeoutMs;
  const killedAfterMs = Number(env['kill_timeout'] ?? env['PM2_KILL_TIMEOUT']);
  const leftMs = (killedAfterMs > 0 ? killedAfterMs : KILLS_AFTER_MS) - MARGIN_MS;
  return Math.max(SHORTEST_MS, Math.min(timeoutMs, leftMs));
}
