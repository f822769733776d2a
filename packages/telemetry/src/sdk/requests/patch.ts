// Puts functions of ours around those of a framework.
import { errorMonitor } from 'node:events';
import { types } from 'node:util';

/** A method of a framework. */
export type Method = (this: object, ...parameters: unknown[]) => unknown;

const OURS = Symbol('wrapped by moneytrail');

/** Replaces a method by what `wrap` makes of it; once, although a module is shown twice where it is required and imported. */
export function replaceMethod(
  holder: unknown,
  name: string,
  wrap: (method: Method) => Method,
): void {
  const method = memberOf(holder, name);
  if (!isMethod(method) || OURS in method) return;
  const wrapped = likeness(wrap(method), method);
  Reflect.set(wrapped, OURS, true);
  Reflect.set(Object(holder), name, wrapped);
}

/** A function with the name, the number of parameters and the properties of another one. */
export function likeness(wrapped: Method, method: Method): Method {
  Object.defineProperty(wrapped, 'name', { value: method.name });
  Object.defineProperty(wrapped, 'length', { value: method.length });
  return Object.assign(wrapped, method);
}

/** Shows `note` what some work throws, now or as a promise; what it returns or throws stays as it is. */
export function observe<Result>(
  work: () => Result,
  note: (thrown: unknown) => void,
  settled: () => void = nothing,
): Result {
  try {
    const result = work();
    if (types.isPromise(result)) result.then(settled, note);
    else settled();
    return result;
  } catch (thrown) {
    note(thrown);
    throw thrown;
  }
}

/** Shows `note` the errors that a stream or another emitter emits; nobody takes them for handled by that. */
export function watchEmitter(emitter: unknown, note: (...parameters: unknown[]) => void): void {
  const on = memberOf(emitter, 'on');
  if (isMethod(on)) on.call(Object(emitter), errorMonitor, note);
}

/** A member of anything, or `undefined`. */
export function memberOf(holder: unknown, name: string): unknown {
  return isMethod(holder) || (typeof holder === 'object' && holder !== null)
    ? Reflect.get(holder, name)
    : undefined;
}

/** Whether a value can be called. */
export function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}

/** What is put around a framework stays there until the process ends. */
export function nothing(): void {}
