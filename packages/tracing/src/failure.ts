import { type Span, SpanStatusCode, trace } from '@opentelemetry/api';

// An error object is recorded where it is first seen; the spans around it only take its status.
const recordedErrors = new WeakSet<object>();

// A thrown string or number has no identity. The span that recorded one tells the span around it.
const passedUp = new WeakMap<Span, { readonly value: unknown }>();

/** What of a thrown value is written on a span. */
interface Description {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

/** The longest text of an error that is written, in UTF-16 units. */
const MAX_TEXT = 16_384;

function text(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : fallback;
}

// A class derived from Error seldom sets `name`, so the name of the class says more.
function className(error: object): string {
  const name = 'name' in error ? text(error.name, 'Error') : 'Object';
  return name === 'Error' ? text(error.constructor.name, name) : name;
}

function describe(error: unknown): Description {
  if (!(typeof error === 'object' && error !== null)) {
    return { name: typeof error, message: text(String(error), '') };
  }
  const message =
    'message' in error ? text(error.message, '') : 'a thrown object without a message';
  const stack = 'stack' in error ? text(error.stack, '') : '';
  return { name: className(error), message, stack };
}

function isNew(span: Span, error: unknown): boolean {
  if ((typeof error === 'object' && error !== null) || typeof error === 'function') {
    if (recordedErrors.has(error)) return false;
    recordedErrors.add(error);
    return true;
  }
  const passed = passedUp.get(span);
  return passed === undefined || !Object.is(passed.value, error);
}

/** Marks the span as failed and ends it. The exception itself is recorded once, on the innermost span that saw it. */
export function endFailed(span: Span, error: unknown): void {
  if (!span.isRecording()) return;
  try {
    const description = describe(error);
    if (isNew(span, error)) span.recordException(description);
    const parent = trace.getActiveSpan();
    if (parent !== undefined) passedUp.set(parent, { value: error });
    span.setAttribute('error.type', description.name);
    span.setStatus({ code: SpanStatusCode.ERROR, message: description.message });
  } catch {
    // The error has a hostile getter: the caller still gets that very error, the span goes without its text.
    setFailed(span);
  }
  end(span);
}

function setFailed(span: Span): void {
  try {
    span.setStatus({ code: SpanStatusCode.ERROR });
  } catch {
    // The span is another SDK's, and that is no business of the code inside it.
  }
}

/** Ends the span, once. */
export function end(span: Span): void {
  try {
    if (span.isRecording()) span.end();
  } catch {
    // A span processor threw; that is no business of the code inside the span.
  }
}
