/** Signals that end a process unless it listens to them. */
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

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
    watchNaturalEnd(isPending, finish),
  ];
  return () => {
    for (const remove of undo) remove();
  };
}

function watchSignal(signal: NodeJS.Signals, finish: () => Promise<void>): () => void {
  let isEnding = false;
  const onSignal = (): void => {
    // Someone else listens: the process is theirs to end, at their time. Alone, a second signal is not kept waiting.
    const isAlone = process.listenerCount(signal) === 1;
    if (isEnding && isAlone) die();
    else void end(isAlone);
  };
  const remove = (): void => {
    process.off(signal, onSignal);
  };
  const end = async (isAlone: boolean): Promise<void> => {
    isEnding = true;
    await finish();
    isEnding = false;
    if (isAlone) die();
  };
  const die = (): void => {
    remove();
    process.kill(process.pid, signal);
  };
  // First in line, so that handlers which remove themselves are still counted.
  process.prependListener(signal, onSignal);
  return remove;
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
