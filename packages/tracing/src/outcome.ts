import { types } from 'node:util';
import { type Context, context, type Span } from '@opentelemetry/api';
import { end, endFailed } from './failure.ts';

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function replace(target: object, method: string, value: unknown): void {
  Object.defineProperty(target, method, { value, configurable: true, writable: true });
}

/** A promise of the language, or of a subclass that keeps its `then`. */
function isPlainPromise(value: object): value is Promise<unknown> {
  return types.isPromise(value) && value.then === Promise.prototype.then;
}

/** What `then` makes of a promise that nobody else can hold yet: whoever gets it also gets its rejection. */
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
 * A promise that existed before may have its handlers elsewhere. It stays the object that it is, and is watched from the side:
 * a rejection that is handled there must not come back as one that nobody handled.
 */
function watchPromise(span: Span, promise: Promise<unknown>): void {
  promise.then(
    () => end(span),
    (error) => endFailed(span, error),
  );
}

/** A promise of a library that has begun its work and says how it stands, as those of Bluebird do. Its methods go past `then`. */
function isInspectable(value: object): value is Promise<unknown> {
  return ['then', 'isPending', 'isFulfilled'].every(
    (name) => typeof Reflect.get(value, name) === 'function',
  );
}

/** Methods besides `then` that start the work of thenables whose `then` is not called by them. */
const STARTS: readonly string[] = ['catch', 'finally', 'exec', 'execute', 'requestTransaction'];

/** Such a method returns a promise that nobody else can hold yet. What rejects it is recorded before a handler takes it. */
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

/**
 * Query builders and API clients return thenables of their own class, some of which start their work when `then` is called.
 * So the object stays, and only its `then` is watched: it runs within the span, the caller's callbacks do not.
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

function endIfDone(span: Span, step: unknown): void {
  if (isObject(step) && 'done' in step && step.done === true) end(span);
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

/** The generator stays the object it is. Each of its steps runs within the span, and the last one ends it. */
function watchSteps(span: Span, active: Context, generator: Generator): void {
  for (const method of ['next', 'return', 'throw'] as const) {
    const original = generator[method];
    replace(generator, method, (...values: unknown[]) =>
      runStep(span, () => context.with(active, () => Reflect.apply(original, generator, values))),
    );
  }
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

/**
 * Ends the span when the work behind `result` has ended, and returns `result`: the same object, but for the promise of an async
 * function (`isFresh`), which nobody has seen yet.
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
    // A frozen object or a hostile `then`: the result matters more than how long it takes.
    end(span);
    return result;
  }
}
