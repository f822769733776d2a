// The ways in which a process ends, and the moment in each of them to send the last telemetry.
import cluster from 'node:cluster';

/** Signals whose purpose is to end a process, and that end it unless it listens to them. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const;

type EndingSignal = (typeof SIGNALS)[number];

/**
 * A terminal and a parent process that forwards signals both send the same signal, within milliseconds. A second signal after this time
 * means: end immediately.
 */
const SAME_SIGNAL_MS = 500;

/** A service with its own handler often exits sooner than this. Then one last delivery sends everything. */
const FLUSH_AFTER_MS = 250;

/** A process that lives longer than this after `beforeExit` did not end, so its next `beforeExit` is handled again. */
const REVIVED_AFTER_MS = 60_000;

/** What runs at the end of the process. None of it throws or rejects. */
export interface LastWork {
  /** True while something recorded is not sent. */
  readonly isPending: () => boolean;
  /** Sends what is queued; the process may continue. */
  readonly flush: () => Promise<void>;
  /** Sends everything, within the time limit. */
  readonly finish: () => Promise<void>;
  /** The same synchronously, as the very last work of the process. */
  readonly finishNow: () => void;
}

/** The signal that ends the process as soon as its last telemetry is sent. */
interface EndOfProcess {
  signal?: EndingSignal;
}

/**
 * Sends the last telemetry before the process ends, and changes nothing else about how it ends: exit code, signal and the handlers of
 * others stay as they are. Returns a function that removes the hooks.
 */
export function watchExit(last: LastWork): () => void {
  const end: EndOfProcess = {};
  const undo = [
    ...SIGNALS.map((signal) => watchSignal(signal, last, end)),
    watchPrimary(last),
    watchNaturalEnd(last),
    watchExitEvent(last, end),
  ];
  return () => {
    for (const remove of undo) remove();
  };
}

function watchSignal(signal: EndingSignal, last: LastWork, end: EndOfProcess): () => void {
  let isWatching = true;
  let endsSinceMs: number | undefined;
  const listen = (): void => {
    // First in line, so that handlers which remove themselves are still counted.
    if (isWatching && !process.listeners(signal).includes(onSignal)) {
      process.prependListener(signal, onSignal);
    }
  };
  const die = (): void => {
    process.off(signal, onSignal);
    process.kill(process.pid, signal);
  };
  const endWhenFinished = (): void => {
    endsSinceMs = performance.now();
    end.signal = signal;
    outlivePrimary();
    void last.finish().then(() => {
      last.finishNow();
      die();
    });
  };
  const onSignal = (): void => {
    if (process.listenerCount(signal) > 1) {
      stepAside(signal, onSignal, listen);
      setTimeout(() => void last.flush(), FLUSH_AFTER_MS).unref();
    } else if (isInit()) void last.flush();
    else if (endsSinceMs === undefined) endWhenFinished();
    else if (performance.now() - endsSinceMs > SAME_SIGNAL_MS) die();
  };
  listen();
  return () => {
    isWatching = false;
    process.off(signal, onSignal);
  };
}

/** The kernel does not deliver a signal to the first process of a container unless it listens to it, so nothing ends. */
function isInit(): boolean {
  return process.pid === 1;
}

/**
 * While the handlers of others run, our listener is absent, because some of them end the process only when nobody else listens.
 * A handler that sends the signal again sends it to us once all others are removed.
 */
function stepAside(signal: EndingSignal, listener: () => void, comeBack: () => void): void {
  const { kill } = process;
  const killOrComeBack = (pid: number, name?: string | number): true => {
    if (pid === process.pid && process.listenerCount(signal) === 0) comeBack();
    return Reflect.apply(kill, process, [pid, name]);
  };
  process.off(signal, listener);
  process.kill = killOrComeBack;
  process.nextTick(() => {
    if (process.kill === killOrComeBack) process.kill = kill;
    comeBack();
  });
}

/** Node ends a worker with exit code 0 as soon as its primary is gone. This worker ends the same way once its telemetry is sent. */
function watchPrimary({ finish }: LastWork): () => void {
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
 * A signal to the whole group (Ctrl-C, systemd) also reaches the primary of a cluster. Node does not end a worker that is already
 * disconnecting, so this worker is marked as such; it ends by the signal once its telemetry is sent.
 */
function outlivePrimary(): void {
  if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
}

/**
 * Node emits `beforeExit` again after each round of work, and we add one round. Items that others record in theirs, such as the span of a
 * last report, would cause endless rounds; they are sent at `exit`.
 */
function watchNaturalEnd({ isPending, finish }: LastWork): () => void {
  let finishedAtMs: number | undefined;
  const onBeforeExit = (): void => {
    const isRevived =
      finishedAtMs !== undefined && performance.now() - finishedAtMs > REVIVED_AFTER_MS;
    if (finishedAtMs !== undefined && !(isRevived && isPending())) return;
    void finish().then(() => {
      finishedAtMs = performance.now();
    });
  };
  process.on('beforeExit', onBeforeExit);
  return () => {
    process.off('beforeExit', onBeforeExit);
  };
}

/** `process.exit()` and unhandled errors leave no asynchronous time. A signal that was about to end the process still does. */
function watchExitEvent({ finishNow }: LastWork, end: EndOfProcess): () => void {
  const onExit = (): void => {
    finishNow();
    if (end.signal === undefined) return;
    process.removeAllListeners(end.signal);
    process.kill(process.pid, end.signal);
  };
  // Others may record in their `exit` listeners, so ours stays last.
  const standLast = (): void => {
    if (process.listeners('exit').includes(onExit)) process.off('exit', onExit).on('exit', onExit);
  };
  const onNewListener = (event: string | symbol, listener: unknown): void => {
    if (event === 'exit' && listener !== onExit) process.nextTick(standLast);
  };
  process.on('exit', onExit).on('newListener', onNewListener);
  return () => {
    process.off('newListener', onNewListener).off('exit', onExit);
  };
}
