// What was thrown, as OpenTelemetry records it: a type, a message and a stack, whatever a handler throws.

/** A thrown value in the form that `Span.recordException` takes. */
export interface Exception {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

/** Names that say less than the name of the class behind them. */
const COMMON_NAMES = new Set([
  '',
  'Error',
  'error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
  'AggregateError',
]);

/** How many causes of an error are written out. */
const MAX_CAUSES = 5;

/** The type is that of the class; the stack is followed by the stacks of what caused the error. Never throws. */
export function exceptionOf(thrown: unknown): Exception {
  try {
    const exception = { name: nameOf(thrown), message: messageOf(thrown) };
    const stack = textOf(thrown, 'stack');
    return stack === '' ? exception : { ...exception, stack: stack + causesOf(thrown) };
  } catch {
    return { name: 'unknown', message: 'a thrown value that cannot be read' };
  }
}

/** Whether a thrown value asks for the answer 404. Never throws. */
export function isNotFound(thrown: unknown): boolean {
  try {
    return (
      isObject(thrown) &&
      [Reflect.get(thrown, 'status'), Reflect.get(thrown, 'statusCode')].includes(404)
    );
  } catch {
    return false;
  }
}

function nameOf(thrown: unknown): string {
  if (!isObject(thrown)) return thrown === null ? 'null' : typeof thrown;
  const name = textOf(thrown, 'name');
  const ofClass = textOf(Reflect.get(thrown, 'constructor'), 'name');
  return (COMMON_NAMES.has(name) && ofClass) || name || 'Object';
}

function messageOf(thrown: unknown): string {
  return isObject(thrown) ? textOf(thrown, 'message') : String(thrown);
}

function causesOf(thrown: unknown): string {
  const found = new Set([thrown]);
  // A set goes on to what is added on the way, and visits a cause that comes again once.
  for (const one of found) {
    for (const cause of directCausesOf(one)) if (found.size <= MAX_CAUSES) found.add(cause);
  }
  found.delete(thrown);
  const texts = [...found].map((cause) => textOf(cause, 'stack') || shortTextOf(cause));
  return texts.map((text) => `\ncaused by: ${text}`).join('');
}

function directCausesOf(thrown: unknown): unknown[] {
  if (!isObject(thrown)) return [];
  const cause: unknown = Reflect.get(thrown, 'cause');
  const errors: unknown = thrown instanceof AggregateError ? thrown.errors : [];
  return [...(cause === undefined ? [] : [cause]), ...(Array.isArray(errors) ? errors : [])];
}

function shortTextOf(thrown: unknown): string {
  return `${nameOf(thrown)}: ${messageOf(thrown)}`;
}

function textOf(holder: unknown, name: string): string {
  const value: unknown = isObject(holder) ? Reflect.get(holder, name) : undefined;
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
