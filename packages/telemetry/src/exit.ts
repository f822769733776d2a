import cluster from 'node:cluster';

/** Signals that end a process unless it listens to them, and that are sent for that purpose. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const;

type EndingSignal = (typeof SIGNALS)[number];

/**
 * A terminal and a parent process that passes signals on both send the same one, within milliseconds. A second signal after
 * this time is a wish of its own: to end at once.
 */
const SAME_SIGNAL_MS = 500;

/** A service with a handler of its own often exits sooner than this. Then one last delivery takes everything. */
const FLUSH_AFTER_MS = 250;

/** A process that lives longer than this after `beforeExit` was not at its end, and gets the next end whole. */
const REVIVED_AFTER_MS = 60_000;

/** What the end of the process needs. None of it throws or rejects. */
export interface LastWork {
  /** True while something recorded has not left. */
  readonly isPending: () => boolean;
  /** Sends what is there; the process may live on. */
  readonly flush: () => Promise<void>;
  /** Sends what is left, within the time allowed. */
  readonly finish: () => Promise<void>;
  /** The same while the process stands still, as its very last work. */
  readonly finishNow: () => void;
}

/** The signal that ends the process as soon as its last telemetry has left. */
interface Fate {
  signal?: EndingSignal;
}

/**
 * Gives the last telemetry time to leave, and changes nothing else about how the process ends: its exit code, the signal
 * that it dies of and the handlers of others stay as they are. Returns a function that takes the hooks away again.
 */
export function watchExit(last: LastWork): () => void {
  const fate: Fate = {};
  const undo = [
    ...SIGNALS.map((signal) => watchSignal(signal, last, fate)),
    watchPrimary(last),
    watchNaturalEnd(last),
    watchExitEvent(last, fate),
  ];
  return () => {
    for (const remove of undo) remove();
  };
}

function watchSignal(signal: EndingSignal, last: LastWork, fate: Fate): () => void {
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
    fate.signal = signal;
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

/** The kernel takes no signal to the first process of a container that it does not listen to: nothing ends. */
function isInit(): boolean {
  return process.pid === 1;
}

/**
 * While the handlers of others run, they find the process as it is without us: some end it only when nobody else listens.
 * One that sends the signal again meanwhile sends it to us, because everybody else is gone.
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

/** Node ends a worker as soon as its primary is gone, with exit code 0. This one ends so when its telemetry is sent. */
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
 * A signal to the whole group (Ctrl-C, systemd) reaches the primary of a cluster too. Node does not end a worker that is leaving
 * already; this one is: it dies of the signal when its telemetry is sent.
 */
function outlivePrimary(): void {
  if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
}

/**
 * Node emits `beforeExit` again after each round of work. One round is ours: what others record in theirs, such as the span of a last
 * report, would make rounds without end. It leaves at the exit.
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

/** `process.exit()` and errors that nobody handles leave no time; a signal that would have ended the process still does. */
function watchExitEvent({ finishNow }: LastWork, fate: Fate): () => void {
  const onExit = (): void => {
    finishNow();
    if (fate.signal === undefined) return;
    process.removeAllListeners(fate.signal);
    process.kill(process.pid, fate.signal);
  };
  // Others may record in their listeners to `exit`: ours stays the last.
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
