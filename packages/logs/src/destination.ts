// Where lines go, and what is done about its errors.
import { pino } from 'pino';
import { warnOfLoss } from './attempts.ts';

/** Where lines go. A stream of Node, `pino.destination()`, `pino.transport()`, `pino.multistream()` and `{ write() {} }` all do. */
export interface LogDestination {
  /** Takes one line of JSON, line feed included. What it throws is reported once. */
  write(line: string): unknown;
  /** Writes what is buffered, then calls back. */
  flush?(callback: (error?: Error) => void): unknown;
}

/** The file of a path, written synchronously as standard output is; anything else stays what it is. */
export function opened(destination: unknown): unknown {
  if (typeof destination !== 'string') return destination;
  return pino.destination({ dest: destination, sync: true });
}

/** Standard output, written synchronously so that no end of the process loses a line; what replaced its `write` is respected. */
export function standardOutput(): LogDestination {
  const { stdout } = process;
  const isReplaced = stdout.write !== Object.getPrototypeOf(stdout).write;
  return isReplaced ? stdout : pino.destination({ dest: stdout.fd || 1, sync: true });
}

interface Emitter {
  on(event: string, listener: (error: unknown) => void): unknown;
  removeListener(event: string, listener: (error: unknown) => void): unknown;
  listeners(event: string): readonly unknown[];
}

/** An error of a stream that nobody listens to would end the process: a full disk must not. */
export function listenToErrors(stream: unknown): void {
  const { streams } = Object(stream);
  const all = Array.isArray(streams) ? streams.map((one) => one?.stream) : [stream];
  for (const one of all.filter(isEmitter)) {
    const known = one.listeners('error');
    if (!known.includes(reportFirst) && !known.includes(ignore)) one.on('error', reportFirst);
  }
}

function isEmitter(value: unknown): value is Emitter {
  const methods = ['on', 'removeListener', 'listeners'];
  return methods.every((name) => typeof Reflect.get(Object(value), name) === 'function');
}

function reportFirst(this: unknown, error: unknown): void {
  warnOfLoss(error);
  if (!isEmitter(this)) return;
  this.on('error', ignore);
  this.removeListener('error', reportFirst);
}

function ignore(): void {
  // The first error of the stream was reported.
}
