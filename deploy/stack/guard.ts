/**
 * Runs beside a launcher and ends what that one has started when it is gone, even by SIGKILL: the channel to it closes
 * then. The components cannot hold such a channel themselves, as the example's processes do.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Identity, isAlive, signalTo } from './identity.ts';

const GRACE_MS = 10_000;
const LOOK_MS = 100;

const watched = new Map<number, Identity>();

process.on('message', (identity: Identity) => {
  watched.set(identity.pid, identity);
});
process.once('disconnect', () => void endAll());
// It leaves with its launcher and not before, whatever the terminal sends to all.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

async function endAll(): Promise<void> {
  const deadlineMs = Date.now() + GRACE_MS;
  for (const identity of watched.values()) {
    signalTo(identity, 'SIGTERM');
    // One that hangs by SIGSTOP would not hear of it.
    signalTo(identity, 'SIGCONT');
  }
  while ([...watched.values()].some(isAlive) && Date.now() < deadlineMs) await wait(LOOK_MS);
  for (const identity of watched.values()) signalTo(identity, 'SIGKILL');
}
