/**
 * Runs beside a launcher and ends what that one has started when it is gone, even by SIGKILL: the pipe from it closes then.
 * The components cannot hold such a pipe themselves, as the example's processes do. They are found by a mark in their
 * environment, so that one which was started in the launcher's last moment is found, too.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Identity, identitiesWith, signalTo } from './identity.ts';

const [mark = ''] = process.argv.slice(2);
// Without one, it would be that of all launchers.
if (!/^[0-9a-f-]{36}$/.test(mark)) process.exit(1);

const GRACE_MS = 10_000;
const LOOK_MS = 100;
/** A process that is just being started has the mark a moment later. */
const LATE_MS = 2_000;

process.stdin.once('end', () => void endAll()).resume();
// It leaves with its launcher and not before, whatever the terminal sends to all.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

async function endAll(): Promise<void> {
  const startMs = performance.now();
  const told = new Set<number>();
  for (;;) {
    const found = identitiesWith(mark);
    const passedMs = performance.now() - startMs;
    if (found.length === 0 && passedMs > LATE_MS) process.exit();
    for (const identity of found) tell(identity, told, passedMs > GRACE_MS);
    await wait(LOOK_MS);
  }
}

function tell(identity: Identity, told: Set<number>, atOnce: boolean): void {
  if (atOnce) signalTo(identity, 'SIGKILL');
  if (told.has(identity.pid)) return;
  told.add(identity.pid);
  signalTo(identity, 'SIGTERM');
  // One that hangs by SIGSTOP would not hear of it.
  signalTo(identity, 'SIGCONT');
}
