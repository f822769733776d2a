// Koa: routers write the route into the context, and errors pass through the middleware or are emitted by the application.
import { InstrumentationNodeModuleDefinition as Definition } from '@opentelemetry/instrumentation';
import {
  isMethod,
  likeness,
  type Method,
  memberOf,
  observe,
  replaceMethod,
  watchEmitter,
} from './patch.ts';
import type { Requests } from './requests.ts';

const ROUTE = Symbol('route');

/** Middleware is watched as it is used, routes as routers write them down. */
export function koaModules(requests: Requests): Definition[] {
  const watch = (koa: unknown): unknown => {
    const Application = isMethod(koa) ? koa : memberOf(koa, 'default');
    const prototype = memberOf(Application, 'prototype');
    replaceMethod(
      prototype,
      'callback',
      (callback) =>
        function callbackWatched() {
          watchRoutes(requests, memberOf(this, 'context'));
          watchErrors(requests, this);
          return callback.call(this);
        },
    );
    replaceMethod(
      prototype,
      'use',
      (use) =>
        function useWatched(middleware) {
          return use.call(this, isPlain(middleware) ? watched(requests, middleware) : middleware);
        },
    );
    return koa;
  };
  return [new Definition('koa', ['>=2.0.0 <4'], watch)];
}

/** `koa-router` and `@koa/router` set `_matchedRoute` on the context for each of their layers that a request goes through. */
function watchRoutes(requests: Requests, context: unknown): void {
  Object.defineProperty(context, '_matchedRoute', {
    configurable: true,
    get(this: object): unknown {
      return Reflect.get(this, ROUTE);
    },
    set(this: object, route: unknown) {
      Reflect.set(this, ROUTE, route);
      if (isRoute(this, route))
        requests.route(memberOf(this, 'req'), `${memberOf(this, 'mountPath') ?? ''}${route}`);
    },
  });
}

/** A layer without methods is middleware of a router. */
function isRoute(context: object, route: unknown): boolean {
  const layers = memberOf(context, 'matched');
  return (
    Array.isArray(layers) &&
    layers.some(
      (layer) =>
        memberOf(layer, 'path') === route && [memberOf(layer, 'methods')].flat().length > 0,
    )
  );
}

/** Koa itself emits what nobody has caught, and middleware that answers an error emits it by custom. */
function watchErrors(requests: Requests, application: object): void {
  const note = (error: unknown, context: unknown): void => {
    const request = memberOf(context, 'req');
    if (request !== undefined) requests.thrown(request, error);
  };
  watchEmitter(application, note);
}

/** Generators of Koa 1, which Koa 2 converts, stay as they are. */
function isPlain(middleware: unknown): middleware is Method {
  return isMethod(middleware) && !/Generator/.test(middleware.constructor.name);
}

/** What middleware throws is seen before other middleware catches it. */
function watched(requests: Requests, middleware: Method): Method {
  const wrapped: Method = function (context, next) {
    const note = (error: unknown): void => requests.thrown(memberOf(context, 'req'), error);
    return observe(() => middleware.call(this, context, next), note);
  };
  return likeness(wrapped, middleware);
}
