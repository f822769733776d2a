// Worker threads hear of no signal, so the main thread passes the end of the process on to those that have telemetry.
import {
  BroadcastChannel,
  isMainThread,
  receiveMessageOnPort,
  threadId,
} from 'node:worker_threads';

const CHANNEL = 'moneytrail/end';

/** A thread that is busy with the service's own work, or was terminated, does not hold the end longer than this. */
const ANSWER_WITHIN_MS = 100;

/** How often a main thread that stands still looks for answers. */
const POLL_MS = 5;

type Word = 'here' | 'finish' | 'finishing' | 'finished' | 'gone';

interface Message {
  readonly word: Word;
  readonly thread: number;
}

/** The threads of this process, as its end handles them. */
export interface Threads {
  /** Main thread: has each thread finish its telemetry, within `ms`. Elsewhere it does nothing. Never rejects. */
  readonly finish: (ms: number) => Promise<void>;
  /** The same while the main thread stands still: begins at once, and returns what waits for them until a moment. */
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
  const say = (word: Word): void => channel.postMessage({ word, thread: threadId });
  channel.onmessage = (event) => {
    if (readMessage(event)?.word !== 'finish') return;
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
  const receive = ({ word, thread }: Message): void => {
    silent.delete(thread);
    if (word === 'here' || word === 'finishing') present.add(thread);
    else present.delete(thread);
    if (present.size === 0) wake();
  };
  channel.onmessage = (event) => {
    const message = readMessage(event);
    if (message !== undefined) receive(message);
  };
  const ask = (): void => {
    for (const thread of present) silent.add(thread);
    if (present.size > 0) channel.postMessage({ word: 'finish', thread: threadId });
  };
  const forgetSilent = (): void => {
    for (const thread of silent) present.delete(thread);
    if (present.size === 0) wake();
  };
  const finish = (ms: number): Promise<void> => {
    if (present.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const giveUp = setTimeout(resolve, ms);
      const forget = setTimeout(forgetSilent, ANSWER_WITHIN_MS);
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
      standStill(endMs, () => {
        for (const message of waitingIn(channel)) receive(message);
        if (performance.now() - askedAtMs > ANSWER_WITHIN_MS) forgetSilent();
        return present.size === 0;
      });
  };
  return { finish, finishNow, close: () => channel.close() };
}

/** Lets the time pass until `isDone`, at most until `endMs`. */
function standStill(endMs: number, isDone: () => boolean): void {
  const clock = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  while (!isDone() && performance.now() < endMs) Atomics.wait(clock, 0, 0, POLL_MS);
}

/** Messages that wait for a turn of the main thread, which it does not get any more. */
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
  const isMessage = typeof data === 'object' && data !== null && 'word' in data && 'thread' in data;
  return isMessage ? (data as Message) : undefined;
}
