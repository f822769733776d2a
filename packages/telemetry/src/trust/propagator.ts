// Carries traces between the service and its own side, and between nobody else.
import type { IncomingMessage } from 'node:http';
import {
  type Context,
  type Span,
  type SpanContext,
  SpanKind,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from '@opentelemetry/api';

/** Who belongs to the service's own side. */
export interface Boundary {
  readonly isOwnHost: (host: string) => boolean;
  readonly isTrusted: (request: IncomingMessage) => boolean;
}

/**
 * The propagators of the environment behind a boundary. Instrumentations of HTTP say whom they deal with by hooks that run just
 * before: `goingTo` before a request is sent, `comingFrom` before the context of a request is read.
 */
export class BoundedPropagator implements TextMapPropagator {
  readonly #inner: TextMapPropagator;
  readonly #boundary: Boundary;
  readonly #strangers: WeakMap<IncomingMessage, SpanContext> = new WeakMap();
  #target: string | undefined;
  #caller: IncomingMessage | undefined;

  constructor(inner: TextMapPropagator, boundary: Boundary) {
    this.#inner = inner;
    this.#boundary = boundary;
  }

  /** Notes the host that the next request goes to. */
  goingTo(host: string | undefined): void {
    this.#target = host;
  }

  /** Notes the request whose context is read next. */
  comingFrom(request: IncomingMessage): void {
    this.#caller = request;
  }

  /** Links the span of a request to the trace of a caller that may not continue it. */
  link(span: Span, request: IncomingMessage): void {
    const stranger = this.#strangers.get(request);
    if (stranger) span.addLink({ context: stranger });
  }

  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const target = this.#target;
    this.#target = undefined;
    const host = target ?? hostOf(trace.getSpan(context));
    if (host === undefined || this.#boundary.isOwnHost(host)) {
      this.#inner.inject(context, carrier, setter);
    }
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const caller = this.#caller;
    this.#caller = undefined;
    const extracted = this.#inner.extract(context, carrier, getter);
    if (caller === undefined || this.#boundary.isTrusted(caller)) return extracted;
    const stranger = trace.getSpanContext(extracted);
    if (stranger) this.#strangers.set(caller, stranger);
    return context;
  }

  fields(): string[] {
    return this.#inner.fields();
  }
}

/** Where the span of a client goes; `undefined` for messages of a queue and for what is no request. */
function hostOf(span: Span | undefined): string | undefined {
  if (span === undefined || Reflect.get(span, 'kind') !== SpanKind.CLIENT) return undefined;
  const attributes: object = Object(Reflect.get(span, 'attributes'));
  const host: unknown =
    Reflect.get(attributes, 'server.address') ?? Reflect.get(attributes, 'net.peer.name');
  return typeof host === 'string' ? host : '';
}
