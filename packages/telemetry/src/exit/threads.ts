// Worker threads do not receive signals, so the main thread announces the end of the process to those that run telemetry.
import {
  BroadcastChannel,
  isMainThread,
  receiveMessageOnPort,
  threadId,
} from 'node:worker_threads';

const CHANNEL = 'moneytrail/end';

/** A thread that is busy with work of the service, or was terminated, does not delay the end longer than this. */
const RESPOND_WITHIN_MS = 100;

/** How often a blocked main thread checks for messages. */
const POLL_MS = 5;

type Kind = 'here' | 'finish' | 'finishing' | 'finished' | 'gone';

interface Message {
  readonly kind: Kind;
  readonly thread: number;
}

/** The other threads of this process, at its end. */
export interface Threads {
  /** On the main thread, makes each thread finish its telemetry within `ms`. Elsewhere it does nothing. Never rejects. */
  readonly finish: (ms: number) => Promise<void>;
  /** The same synchronously: begins at once, and returns a function that waits for the threads until a given time. */
  readonly finishNow: () => (endMs: number) => void;
  /** Leaves the channel. */
  readonly close: () => void;
}

/** Joins the channel. `finish` sends the last telemetry of this thread. */
export function joinThreads(finish: () => Promise<void>): Threads {
  const channel = new BroadcastChannel(CHANNEL);
  channel.unref();
  return isMainThread ? leadThreads(channel) : followMainThread(channel, finish);
}

function followMainThread(channel: BroadcastChannel, finish: () => Promise<void>): Threads {
  const say = (kind: Kind): void => channel.postMessage({ kind, thread: threadId });
  channel.onmessage = (event) => {
    if (readMessage(event)?.kind !== 'finish') return;
    say('finishing');
    void finish().then(() => say('finished'));
  };
  say('here');
  const leave = (): void => say('gone');
  process.once('exit', leave);
  return {
    finish: () => Promise.resolve(),
    finishNow: () => () => {},
    close: () => {
      process.off('exit', leave);
      leave();
      channel.close();
    },
  };
}

function leadThreads(channel: BroadcastChannel): Threads {
  const present = new Set<number>();
  const silent = new Set<number>();
  let wake = (): void => {};
  const receive = ({ kind, thread }: Message): void => {
    silent.delete(thread);
    if (kind === 'here' || kind === 'finishing') present.add(thread);
    else present.delete(thread);
    if (present.size === 0) wake();
  };
  channel.onmessage = (event) => {
    const message = readMessage(event);
    if (message !== undefined) receive(message);
  };
  const ask = (): void => {
    for (const thread of present) silent.add(thread);
    if (present.size > 0) channel.postMessage({ kind: 'finish', thread: threadId });
  };
  const forgetSilent = (): void => {
    for (const thread of silent) present.delete(thread);
    if (present.size === 0) wake();
  };
  const finish = (ms: number): Promise<void> => {
    if (present.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const giveUp = setTimeout(resolve, ms);
      const forget = setTimeout(forgetSilent, RESPOND_WITHIN_MS);
      wake = () => {
        clearTimeout(giveUp);
        clearTimeout(forget);
        resolve();
      };
      ask();
    });
  };
  const finishNow = (): ((endMs: number) => void) => {
    const askedAtMs = performance.now();
    ask();
    return (endMs) =>
      block(endMs, () => {
        for (const message of waitingIn(channel)) receive(message);
        if (performance.now() - askedAtMs > RESPOND_WITHIN_MS) forgetSilent();
        return present.size === 0;
      });
  };
  return { finish, finishNow, close: () => channel.close() };
}

/** Blocks until `isDone`, at most until `endMs`. */
function block(endMs: number, isDone: () => boolean): void {
  const clock = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  while (!isDone() && performance.now() < endMs) Atomics.wait(clock, 0, 0, POLL_MS);
}

/** Messages for the main thread, which gets no further turn to receive them. */
function* waitingIn(channel: BroadcastChannel): Generator<Message> {
  for (;;) {
    // The types do not know that it takes a channel.
    const received = Reflect.apply(receiveMessageOnPort, undefined, [channel]);
    const message = readMessage({ data: received?.message });
    if (message === undefined) return;
    yield message;
  }
}

function readMessage(event: unknown): Message | undefined {
  const isEvent = typeof event === 'object' && event !== null && 'data' in event;
  const data = isEvent ? event.data : undefined;
  const isMessage = typeof data === 'object' && data !== null && 'kind' in data && 'thread' in data;
  return isMessage ? (data as Message) : undefined;
}
