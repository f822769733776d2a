// Carries traces between the service and its own side, and between nobody else.
import {
  type Context,
  type Span,
  SpanKind,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from '@opentelemetry/api';
import type { Caller } from './callers.ts';
import { withStranger } from './strangers.ts';

/** Who belongs to the service's own side. */
export interface Boundary {
  readonly isOwnHost: (host: string) => boolean;
  readonly isTrusted: (caller: Caller) => boolean;
}

/**
 * The propagators of the environment behind a boundary. Instrumentations say whom they deal with by hooks that run just before:
 * `goingTo` before a request is sent, `comingFrom` before the context of a request is read.
 */
export class BoundedPropagator implements TextMapPropagator {
  readonly #inner: TextMapPropagator;
  readonly #boundary: Boundary;
  #targets: readonly string[] | undefined;
  #caller: Caller | undefined;

  constructor(inner: TextMapPropagator, boundary: Boundary) {
    this.#inner = inner;
    this.#boundary = boundary;
  }

  /** Notes the hosts that the next request is seen by; all of them have to be own ones. */
  goingTo(targets: readonly string[]): void {
    this.#targets = targets;
  }

  /** Notes the caller whose context is read next. */
  comingFrom(caller: Caller): void {
    this.#caller = caller;
  }

  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const targets = this.#targets ?? hostsOf(trace.getSpan(context));
    this.#targets = undefined;
    if (targets.every(this.#boundary.isOwnHost)) this.#inner.inject(context, carrier, setter);
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const caller = this.#caller;
    this.#caller = undefined;
    const extracted = this.#inner.extract(context, carrier, getter);
    if (extracted === context || caller === undefined) return extracted;
    if (this.#boundary.isTrusted(caller)) return extracted;
    const stranger = trace.getSpanContext(extracted);
    return stranger ? withStranger(context, stranger) : context;
  }

  fields(): string[] {
    return this.#inner.fields();
  }
}

/** The target of a client span; none for messages of a queue and for spans that are not requests. */
function hostsOf(span: Span | undefined): string[] {
  if (span === undefined || Reflect.get(span, 'kind') !== SpanKind.CLIENT) return [];
  const attributes: object = Object(Reflect.get(span, 'attributes'));
  const host: unknown =
    Reflect.get(attributes, 'server.address') ?? Reflect.get(attributes, 'net.peer.name');
  return [typeof host === 'string' ? host : ''];
}
