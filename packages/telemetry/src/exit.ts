import cluster from 'node:cluster';

/** Signals that end a process unless it listens to them. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** What the end of the process needs. */
export interface LastWork {
  /** True while something recorded has not left. */
  readonly isPending: () => boolean;
  /** Sends what is left, within the time allowed. Never rejects. */
  readonly finish: () => Promise<void>;
}

/**
 * Gives the last telemetry time to leave, and changes nothing else about how the process ends: its exit code, the signal
 * that it dies of and the handlers of others stay as they are. Returns a function that takes the hooks away again.
 */
export function watchExit({ isPending, finish }: LastWork): () => void {
  const undo = [
    ...SIGNALS.map((signal) => watchSignal(signal, finish)),
    watchPrimary(finish),
    watchNaturalEnd(isPending, finish),
  ];
  return () => {
    for (const remove of undo) remove();
  };
}

function watchSignal(signal: NodeJS.Signals, finish: () => Promise<void>): () => void {
  let isWatching = true;
  const onSignal = (): void => {
    // Others must find the process as it is without us: some end it only when nobody else listens.
    process.off(signal, onSignal);
    const isAlone = process.listenerCount(signal) === 0;
    if (isAlone) outlivePrimary();
    void finish().then(() => {
      if (isAlone) process.kill(process.pid, signal);
      else if (isWatching) process.prependListener(signal, onSignal);
    });
  };
  // First in line, so that handlers which remove themselves are still counted.
  process.prependListener(signal, onSignal);
  return () => {
    isWatching = false;
    process.off(signal, onSignal);
  };
}

/** Node ends a worker as soon as its primary is gone, with exit code 0. This one ends so when its telemetry is sent. */
function watchPrimary(finish: () => Promise<void>): () => void {
  const { worker } = cluster;
  if (worker === undefined) return () => {};
  const onDisconnect = (): void => {
    if (worker.exitedAfterDisconnect) return;
    outlivePrimary();
    void finish().then(() => process.exit(0));
  };
  // Node listens already, and would end the worker first.
  process.prependListener('disconnect', onDisconnect);
  return () => {
    process.off('disconnect', onDisconnect);
  };
}

/**
 * A signal to the whole group (Ctrl-C, systemd) reaches the primary of a cluster too. Node does not end a worker that is leaving
 * already; this one is: it dies of the signal when its telemetry is sent.
 */
function outlivePrimary(): void {
  if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
}

function watchNaturalEnd(isPending: () => boolean, finish: () => Promise<void>): () => void {
  let isFirst = true;
  const onBeforeExit = (): void => {
    // Node emits the event again after each round of work; only new telemetry is worth another one.
    if (isFirst || isPending()) void finish();
    isFirst = false;
  };
  process.on('beforeExit', onBeforeExit);
  return () => {
    process.off('beforeExit', onBeforeExit);
  };
}
