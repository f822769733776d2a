// Worker threads hear of no signal, so the main thread passes the end of the process on to those that have telemetry.
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

const CHANNEL = 'moneytrail/end';

/** A thread that is busy with the service's own work, or was terminated, does not hold the end longer than this. */
const ANSWER_WITHIN_MS = 100;

type Word = 'here' | 'finish' | 'finishing' | 'finished' | 'gone';

interface Message {
  readonly word: Word;
  readonly thread: number;
}

/** The threads of this process, as its end handles them. */
export interface Threads {
  /** Main thread: has each thread finish its telemetry, within `ms`. Elsewhere it does nothing. Never rejects. */
  readonly finish: (ms: number) => Promise<void>;
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
  channel.onmessage = (event) => {
    const { word, thread } = readMessage(event) ?? {};
    if (word === undefined || thread === undefined) return;
    silent.delete(thread);
    if (word === 'here' || word === 'finishing') present.add(thread);
    else present.delete(thread);
    if (present.size === 0) wake();
  };
  const finish = (ms: number): Promise<void> => {
    if (present.size === 0) return Promise.resolve();
    for (const thread of present) silent.add(thread);
    return new Promise((resolve) => {
      const giveUp = setTimeout(resolve, ms);
      const forget = setTimeout(() => {
        for (const thread of silent) present.delete(thread);
        if (present.size === 0) wake();
      }, ANSWER_WITHIN_MS);
      wake = () => {
        clearTimeout(giveUp);
        clearTimeout(forget);
        resolve();
      };
      channel.postMessage({ word: 'finish', thread: threadId });
    });
  };
  return { finish, close: () => channel.close() };
}

function readMessage(event: unknown): Message | undefined {
  const isEvent = typeof event === 'object' && event !== null && 'data' in event;
  const data = isEvent ? event.data : undefined;
  const isMessage = typeof data === 'object' && data !== null && 'word' in data && 'thread' in data;
  return isMessage ? (data as Message) : undefined;
}
