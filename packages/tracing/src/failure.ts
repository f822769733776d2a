/** Records errors on spans. */
import { type Span, SpanStatusCode, trace } from '@opentelemetry/api';

/** Error objects that a span has recorded. The spans around that span only take the status. */
const recordedErrors = new WeakSet<object>();

/** Thrown primitives that a child span has recorded, by parent span: a string or number has no identity. */
const passedUp = new WeakMap<Span, { readonly value: unknown }>();

/** The parts of a thrown value that are written on a span. */
interface Description {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

/** Maximum length of an error's text in UTF-16 units. */
const MAX_TEXT = 16_384;

/** Marks the span as failed and ends it. The exception is recorded once, on the innermost span that it passed. */
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
    // A getter of the error threw: the caller still gets the same error, and the span goes without its text.
    setFailed(span);
  }
  end(span);
}

/** Ends the span, once. */
export function end(span: Span): void {
  try {
    if (span.isRecording()) span.end();
  } catch {
    // A span processor threw. That must not affect the code inside the span.
  }
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

function text(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : fallback;
}

/** The name of the error, or of its class: classes derived from Error rarely set `name`. */
function className(error: object): string {
  const name = 'name' in error ? text(error.name, 'Error') : 'Object';
  return name === 'Error' ? text(error.constructor.name, name) : name;
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

function setFailed(span: Span): void {
  try {
    span.setStatus({ code: SpanStatusCode.ERROR });
  } catch {
    // Another SDK's span threw. That must not affect the code inside it.
  }
}
