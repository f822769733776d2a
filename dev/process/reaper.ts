/**
 * A process of its own that ends the programs of a launcher when the launcher is gone, even by SIGKILL: the pipe from the
 * launcher closes then. It finds the programs by a mark in their environment, so that it also finds one that was started
 * in the launcher's last moment.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Identity, identitiesWith, signalTo } from './identity.ts';

const [mark = ''] = process.argv.slice(2);
// An empty mark would match the programs of every launcher.
if (!/^[0-9a-f-]{36}$/.test(mark)) process.exit(1);

const GRACE_MS = 10_000;
const POLL_MS = 100;
/** A process that is being started has the mark a moment later. */
const LATE_MS = 2_000;

process.stdin.once('end', () => void endAll()).resume();
// It ends after its launcher, whatever signal the terminal sends to all processes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

async function endAll(): Promise<void> {
  const startMs = performance.now();
  const signalled = new Set<number>();
  for (;;) {
    const found = identitiesWith(mark);
    const passedMs = performance.now() - startMs;
    if (found.length === 0 && passedMs > LATE_MS) process.exit();
    for (const identity of found) end(identity, signalled, passedMs > GRACE_MS);
    await wait(POLL_MS);
  }
}

function end(identity: Identity, signalled: Set<number>, graceIsOver: boolean): void {
  if (graceIsOver) signalTo(identity, 'SIGKILL');
  if (signalled.has(identity.pid)) return;
  signalled.add(identity.pid);
  signalTo(identity, 'SIGTERM');
  // A process that SIGSTOP suspended handles SIGTERM only after SIGCONT.
  signalTo(identity, 'SIGCONT');
}
