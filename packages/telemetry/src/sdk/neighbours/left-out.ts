// Spans that would say a second time what another span says already.
import {
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  ProxyTracerProvider,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';

/** Which spans a tracer leaves out, by what they start with. */
export type LeavesOut = (options: SpanOptions) => boolean;

/** A tracer that leaves out some spans, or all; the others are made by `inner`. */
export class SparseTracer implements Tracer {
  readonly #inner: Tracer;
  readonly #leavesOut: LeavesOut;

  constructor(inner: Tracer, leavesOut: LeavesOut) {
    this.#inner = inner;
    this.#leavesOut = leavesOut;
  }

  startSpan(name: string, options: SpanOptions = {}, from: Context = context.active()): Span {
    if (!this.#leavesOut(options)) return this.#inner.startSpan(name, options, from);
    // The span of a request that came in starts from its headers, also where another span of the same request is active.
    return standIn(trace.getActiveSpan() ?? trace.getSpan(from), options);
  }

  startActiveSpan<Work extends (span: Span) => unknown>(
    name: string,
    ...rest: readonly (SpanOptions | Context | Work)[]
  ): ReturnType<Work>;
  startActiveSpan(name: string, ...rest: readonly unknown[]): unknown {
    const work = rest.at(-1);
    if (typeof work !== 'function') return undefined;
    const [options, from] = rest.slice(0, -1) as [SpanOptions?, Context?];
    const parent = from ?? context.active();
    const span = this.startSpan(name, options, parent);
    return context.with(trace.setSpan(parent, span), () => work(span));
  }
}

/**
 * A span that stands in for its parent: what is set on it is set on the parent, its children are the parent's, and its end is not that
 * of the parent. Code that reads the target of a request gets its own.
 */
function standIn(parent: Span | undefined, { kind, attributes }: SpanOptions): Span {
  const own: Record<string | symbol, unknown> = { end: () => {}, updateName: () => span };
  if (kind !== undefined) Object.assign(own, { kind, attributes: attributes ?? {} });
  const span = new Proxy(parent ?? trace.wrapSpanContext(INVALID_SPAN_CONTEXT), {
    get: (target, name) => {
      if (Object.hasOwn(own, name)) return own[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    // Code that wraps a method of its span must not wrap that of the parent.
    set: (_target, name, value: unknown) => Reflect.set(own, name, value),
  });
  return span;
}

const NO_TRACER: Tracer = new ProxyTracerProvider().getTracer('');

/** Leaves out every span: the instrumentations of another SDK make them. */
export const SILENT: TracerProvider = {
  getTracer: () => new SparseTracer(NO_TRACER, () => true),
};
