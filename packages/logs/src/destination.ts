/** Destinations of log lines, and their errors. */
import { pino } from 'pino';
import { warnOfLoss } from './attempts.ts';

/** A destination of log lines: a Node stream, `pino.destination()`, `pino.transport()`, `pino.multistream()` or `{ write() {} }`. */
export interface LogDestination {
  /** Writes one line of JSON, including the line feed. Errors are reported once. */
  write(line: string): unknown;
  /** Writes buffered lines, then calls back. */
  flush?(callback: (error?: Error) => void): unknown;
}

/** Opens a path as a file that is written synchronously, like standard output. Other values are returned unchanged. */
export function opened(destination: unknown): unknown {
  if (typeof destination !== 'string') return destination;
  return pino.destination({ dest: destination, sync: true });
}

/** Standard output, written synchronously so that the process can end at any time without losing a line. A replaced `write` is used. */
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

/** Listens to errors of streams. Without a listener, an error such as a full disk would end the process. */
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
  // The first error of the stream has been reported.
}
