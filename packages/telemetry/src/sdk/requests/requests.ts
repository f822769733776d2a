// The requests that are being answered: frameworks say here which route a request has taken, and what was thrown.
import { context, type Span, SpanStatusCode } from '@opentelemetry/api';
import { getRPCMetadata, type RPCMetadata } from '@opentelemetry/core';
import { exceptionOf, isNotFound } from './exception.ts';

const METADATA: unique symbol = Symbol('metadata');

/** A request that carries what the instrumentation of `http` keeps of it; a `WeakMap` would cost more. */
interface Carrier {
  [METADATA]?: RPCMetadata;
}

/** How Node leaves a response behind. */
interface Ended {
  readonly errored?: Error | null;
  readonly writableFinished: boolean;
}

/** Finds the span of a request by the request itself, since a framework may report an error outside of the request's context. */
export class Requests {
  readonly #thrown = new WeakMap<Span, Set<unknown>>();

  /** Notes a request; its context is the active one. */
  begin(request: object): void {
    const carrier: Carrier = request;
    const metadata = getRPCMetadata(context.active());
    if (metadata) carrier[METADATA] = metadata;
  }

  /** Sets the route that span and duration of a request get when it ends; anything but a text means that none has been found. */
  route(request: unknown, route: unknown): void {
    const metadata = this.#find(request);
    if (metadata)
      Reflect.set(metadata, 'route', typeof route === 'string' && route !== '' ? route : undefined);
  }

  /** Records on the span of a request what was thrown there, each value once. The status of the span is that of the response. */
  thrown(request: unknown, thrown: unknown): void {
    const { span, route } = this.#find(request) ?? {};
    // Where no route takes a request, some frameworks throw. Nothing has failed then, and the message holds the whole path.
    if (!span?.isRecording() || (route === undefined && isNotFound(thrown))) return;
    const recorded = this.#thrown.get(span) ?? new Set();
    if (recorded.has(thrown)) return;
    this.#thrown.set(span, recorded.add(thrown));
    span.recordException(exceptionOf(thrown));
  }

  /** A response that an error has cut off has a status that says nothing of it. */
  end(request: object, span: Span, { errored, writableFinished }: Ended): void {
    if (errored) this.thrown(request, errored);
    const thrown = this.#thrown.get(span);
    if (writableFinished || thrown === undefined) return;
    const { name } = exceptionOf([...thrown].at(-1));
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', name);
  }

  #find(request: unknown): RPCMetadata | undefined {
    const carrier: Carrier = typeof request === 'object' && request !== null ? request : {};
    return carrier[METADATA] ?? getRPCMetadata(context.active());
  }
}
