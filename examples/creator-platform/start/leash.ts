/**
 * Loaded into every process of the tree. They stand in process groups of their own, so that Ctrl-C does not reach them
 * before their turn; so each of them leaves, as by SIGTERM, when the channel to the launcher closes: because the launcher
 * lets go of it, or because it is gone, even by SIGKILL.
 */
const GRACE_MS = 8_000;

process.once('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});

// The channel alone is no reason to live on.
process.channel?.unref();
