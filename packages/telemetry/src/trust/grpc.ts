// Asks of every call of gRPC who calls and where it goes, which the official instrumentation does not.
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
} from '@opentelemetry/instrumentation';
import type { BoundedPropagator } from './bounded-propagator.ts';
import type { Caller } from './callers.ts';
import { targetsOfClient } from './grpc-targets.ts';

type Method = (this: object, ...parameters: unknown[]) => unknown;

interface Metadata {
  clone(): Metadata;
  getMap(): Record<string, unknown>;
}

/** What a handler of a server gets first. */
interface ServerCall {
  readonly metadata: Metadata;
  getPeer(): string;
}

interface Grpc {
  readonly Metadata: abstract new () => Metadata;
  readonly Server: { readonly prototype: object };
  readonly Client: { readonly prototype: object };
}

const CLIENT_METHODS = [
  'makeUnaryRequest',
  'makeClientStreamRequest',
  'makeServerStreamRequest',
  'makeBidiStreamRequest',
];

const CLIENT_MAKERS = ['makeClientConstructor', 'makeGenericClientConstructor'];

/** It stands around the wrappers of the official instrumentation, so it has to come after it. */
export class GrpcBoundary extends InstrumentationBase {
  readonly #propagator: BoundedPropagator;

  constructor(propagator: BoundedPropagator) {
    // It makes no telemetry of its own, so nobody asks for its version.
    super('@moneytrail/telemetry', '', {});
    this.#propagator = propagator;
  }

  protected override init(): InstrumentationNodeModuleDefinition {
    return new InstrumentationNodeModuleDefinition('@grpc/grpc-js', ['^1.0.0'], (grpc: Grpc) => {
      const bound = boundClient(this.#propagator, grpc.Metadata);
      // Not by `_wrap`, which would take the official wrappers off.
      replace(grpc.Server.prototype, 'register', boundServer(this.#propagator));
      for (const name of CLIENT_METHODS) replace(grpc.Client.prototype, name, bound);
      const boundMethods = (made: unknown): void => replaceAll(made, bound);
      for (const name of CLIENT_MAKERS) replace(grpc, name, andThen(boundMethods));
      replace(grpc, 'loadPackageDefinition', andThen(boundMethods));
      return grpc;
    });
  }
}

function replace(holder: object, name: string, wrap: (method: Method) => Method): void {
  const method: unknown = Reflect.get(holder, name);
  // The official wrapper knows its method by properties such as `path`.
  if (isMethod(method)) Reflect.set(holder, name, Object.assign(wrap(method), method));
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}

function andThen(work: (made: unknown) => void): (method: Method) => Method {
  return (method) =>
    function make(...parameters) {
      const made = method.apply(this, parameters);
      work(made);
      return made;
    };
}

/** Replaces the methods of a class of clients, or of each one in a package of them. */
function replaceAll(made: unknown, wrap: (method: Method) => Method): void {
  if (isMethod(made)) {
    for (const name of Object.keys(made.prototype)) replace(made.prototype, name, wrap);
  } else if (typeof made === 'object' && made !== null && !('format' in made)) {
    for (const part of Object.values(made)) replaceAll(part, wrap);
  }
}

/** A handler is wrapped as it is registered; the official instrumentation has wrapped it by then. */
function boundServer(propagator: BoundedPropagator): (register: Method) => Method {
  const bound = (handle: Method): Method =>
    function handleBound(...parameters) {
      const [call] = parameters;
      if (isServerCall(call)) propagator.comingFrom(callerOf(call));
      return handle.apply(this, parameters);
    };
  return (register) =>
    function registerBound(...parameters) {
      const registered = register.apply(this, parameters);
      const handlers: unknown = Reflect.get(this, 'handlers');
      const handler: unknown = handlers instanceof Map ? handlers.get(parameters[0]) : undefined;
      if (typeof handler === 'object' && handler !== null) replace(handler, 'func', bound);
      return registered;
    };
}

function isServerCall(call: unknown): call is ServerCall {
  return typeof call === 'object' && call !== null && 'getPeer' in call && 'metadata' in call;
}

/** A peer is an address and a port, or `unknown` behind a Unix socket. */
function callerOf(call: ServerCall): Caller {
  const peer = call.getPeer();
  const remoteAddress = peer === 'unknown' ? undefined : peer.replace(/:\d+$/, '');
  return { socket: { remoteAddress }, headers: call.metadata.getMap() };
}

/**
 * A call gets a copy of its metadata: the official instrumentation writes the headers into what the service has given, which may go to
 * somebody else next.
 */
function boundClient(
  propagator: BoundedPropagator,
  Metadata: Grpc['Metadata'],
): (method: Method) => Method {
  return (method) =>
    function callBound(...parameters) {
      propagator.goingTo(targetsOfClient(this));
      const own = parameters.map((one) => (one instanceof Metadata ? copyOf(one) : one));
      return method.apply(this, own);
    };
}

/** What interceptors have noted in it for each other is not part of a clone. */
function copyOf(metadata: Metadata): Metadata {
  const noted: unknown = Reflect.get(metadata, 'opaqueData');
  return noted === undefined
    ? metadata.clone()
    : Object.assign(metadata.clone(), { opaqueData: noted });
}
