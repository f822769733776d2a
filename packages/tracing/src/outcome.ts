/** Ends a span when the result of its function settles. */
import { types } from 'node:util';
import { type Context, context, type Span } from '@opentelemetry/api';
import { end, endFailed } from './failure.ts';

/** Methods other than `then` that start the work of a thenable without calling its `then`. */
const STARTS: readonly string[] = ['catch', 'finally', 'exec', 'execute', 'requestTransaction'];

/**
 * Ends the span when the work behind `result` ends, and returns `result`. It is the same object, except for the promise of
 * an async function (`isFresh`), which no other code holds yet.
 */
export function endWith<Result>(
  span: Span,
  active: Context,
  result: Result,
  isFresh: boolean,
): Result;
export function endWith(span: Span, active: Context, result: unknown, isFresh: boolean): unknown {
  if (!isObject(result)) {
    end(span);
    return result;
  }
  try {
    return watch(span, active, result, isFresh);
  } catch {
    // The object is frozen, or its `then` threw: the span ends early, and the result is returned unchanged.
    end(span);
    return result;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function watch(span: Span, active: Context, result: object, isFresh: boolean): unknown {
  if (isPlainPromise(result)) {
    if (isFresh) return follow(span, result, end);
    watchPromise(span, result);
  } else if (isInspectable(result)) watchPromise(span, result);
  else if (types.isGeneratorObject(result)) watchSteps(span, active, result);
  else if ('then' in result) watchThen(span, active, result);
  else end(span);
  return result;
}

/** Whether a value is a native promise, or one of a subclass that keeps the native `then`. */
function isPlainPromise(value: object): value is Promise<unknown> {
  return types.isPromise(value) && value.then === Promise.prototype.then;
}

/** Chains on a promise that no other code holds yet: the caller gets the chained promise, and so its rejection. */
function follow(
  span: Span,
  promise: Promise<unknown>,
  settled: (span: Span, value: unknown) => void,
): Promise<unknown> {
  return promise.then(
    (value) => {
      settled(span, value);
      return value;
    },
    (error) => {
      endFailed(span, error);
      throw error;
    },
  );
}

/**
 * Observes a promise that other code may hold already, and returns nothing in its place: a rejection that is handled
 * elsewhere must not become an unhandled one here.
 */
function watchPromise(span: Span, promise: Promise<unknown>): void {
  promise.then(
    () => end(span),
    (error) => endFailed(span, error),
  );
}

/** Whether a value is a promise of a library such as Bluebird: it exposes its state, and its methods do not call `then`. */
function isInspectable(value: object): value is Promise<unknown> {
  return ['then', 'isPending', 'isFulfilled'].every(
    (name) => typeof Reflect.get(value, name) === 'function',
  );
}

/** Wraps the steps of a generator. Each step runs within the span, and the last one ends it. */
function watchSteps(span: Span, active: Context, generator: Generator): void {
  for (const method of ['next', 'return', 'throw'] as const) {
    const original = generator[method];
    replace(generator, method, (...values: unknown[]) =>
      runStep(span, () => context.with(active, () => Reflect.apply(original, generator, values))),
    );
  }
}

function replace(target: object, method: string, value: unknown): void {
  Object.defineProperty(target, method, { value, configurable: true, writable: true });
}

function runStep(span: Span, step: () => unknown): unknown {
  try {
    const result = step();
    if (types.isPromise(result)) return follow(span, result, endIfDone);
    endIfDone(span, result);
    return result;
  } catch (error) {
    endFailed(span, error);
    throw error;
  }
}

function endIfDone(span: Span, step: unknown): void {
  if (isObject(step) && 'done' in step && step.done === true) end(span);
}

/**
 * Wraps the methods of a thenable that start its work. Query builders and API clients return thenables of their own class,
 * and some start their work when `then` is called, so the object itself is kept. Its `then` runs within the span; the
 * callbacks of the caller do not.
 */
function watchThen(span: Span, active: Context, thenable: { readonly then: unknown }): void {
  const { then } = thenable;
  if (typeof then !== 'function') {
    end(span);
    return;
  }
  for (const method of STARTS) watchStart(span, active, thenable, method);
  replace(thenable, 'then', (onValue?: unknown, onError?: unknown, ...more: unknown[]): unknown => {
    const caller = context.active();
    const succeed = (value: unknown): unknown => {
      end(span);
      return typeof onValue === 'function' ? onValue(value) : value;
    };
    const fail = (error: unknown): unknown => {
      endFailed(span, error);
      if (typeof onError === 'function') return onError(error);
      throw error;
    };
    const callbacks = [context.bind(caller, succeed), context.bind(caller, fail)];
    return context.with(active, () => Reflect.apply(then, thenable, [...callbacks, ...more]));
  });
}

/** Wraps a method that starts the work. Its promise is new, so a rejection is recorded before a handler takes it. */
function watchStart(span: Span, active: Context, thenable: object, method: string): void {
  const start: unknown = Reflect.get(thenable, method);
  if (typeof start !== 'function') return;
  replace(thenable, method, (...values: unknown[]): unknown => {
    const [onError] = values;
    const isHandled = method === 'catch' && typeof onError === 'function';
    const handler = (error: unknown): unknown => {
      endFailed(span, error);
      return isHandled ? onError(error) : undefined;
    };
    const given = isHandled ? [context.bind(context.active(), handler)] : values;
    const result: unknown = context.with(active, () => Reflect.apply(start, thenable, given));
    return isObject(result) && isPlainPromise(result) ? follow(span, result, end) : result;
  });
}
