/** Spans around functions. */
import { types } from 'node:util';
import {
  context,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { type AttributesInput, setAll, textOf } from './attributes.ts';
import { endFailed } from './failure.ts';
import { endWith } from './outcome.ts';

const known: { provider?: TracerProvider; tracer?: Tracer } = {};

/** What a wrapper adds to its spans: the kind, and the attribute name of each field. */
export interface SpanShape extends SpanOptions {
  readonly names?: Readonly<Record<string, string>>;
}

const PLAIN: SpanShape = {};

/**
 * Runs `fn` at once within a span and returns its result: the same promise, thenable or iterator, with all its members.
 *
 * The span ends when the work ends: when a plain function returns, when a promise or thenable settles, or at the last step,
 * `return()` or error of a generator. An error marks the span as failed, is recorded once even if it passes several spans,
 * and reaches the caller unchanged. Nothing else is thrown.
 *
 * @example
 * ```ts
 * import { traced } from '@moneytrail/tracing';
 * const work = async () => 'receipt-1';
 * const receipt = await traced('payment.process', { 'payment.provider': 'stripe' }, work);
 * console.log(receipt); // receipt-1
 * ```
 */
export function traced<Result>(name: string, fn: () => Result): Result;
/** The same, with attributes that are set at the start. */
export function traced<Result>(
  name: string,
  attributes: AttributesInput | undefined,
  fn: () => Result,
): Result;
export function traced<Result>(
  name: string,
  ...rest: [fn: () => Result] | [attributes: AttributesInput | undefined, fn: () => Result]
): Result {
  return rest.length === 1
    ? runInSpan(name, PLAIN, undefined, rest[0])
    : runInSpan(name, PLAIN, rest[0], rest[1]);
}

/** Runs `fn` within a span. Fields are set after the start because the start options would validate them a second time. */
export function runInSpan<Result>(
  name: string,
  shape: SpanShape,
  fields: unknown,
  fn: () => Result,
): Result {
  const span = startSpan(name, shape);
  if (span === undefined) return fn();
  if (span.isRecording()) setAll(span, fields, shape.names);
  const active = trace.setSpan(context.active(), span);
  let result: Result;
  try {
    result = context.with(active, fn);
  } catch (error) {
    endFailed(span, error);
    throw error;
  }
  return endWith(span, active, result, types.isAsyncFunction(fn));
}

function startSpan(name: string, shape: SpanShape): Span | undefined {
  try {
    return currentTracer().startSpan(textOf(name), shape);
  } catch {
    // A sampler or processor threw: the function runs without a span.
    return undefined;
  }
}

/** The tracer of the current provider. Telemetry may start after this module is loaded, also with another copy of the API. */
function currentTracer(): Tracer {
  const provider = trace.getTracerProvider();
  if (known.tracer !== undefined && known.provider === provider) return known.tracer;
  known.provider = provider;
  known.tracer = provider.getTracer('@moneytrail/tracing');
  return known.tracer;
}
