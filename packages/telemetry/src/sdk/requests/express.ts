// Express 4 and 5: which errors leave a handler, and where a router that has found nothing gives the request back.
import {
  InstrumentationNodeModuleDefinition as Definition,
  InstrumentationNodeModuleFile as File,
} from '@opentelemetry/instrumentation';
import { isMethod, type Method, memberOf, nothing, replaceMethod } from './patch.ts';
import type { Requests } from './requests.ts';

const EXPRESS = ['>=4.0.0 <6'];
const EXPRESS_4 = ['>=4.0.0 <5'];
/** The router of Express 5, a package of its own. */
const ROUTER_2 = ['>=2.0.0 <3'];

/** Where the official instrumentation keeps the paths of the routers that a request is in. */
const PATHS = '__ot_middlewares';

const DEPTH = Symbol('depth');

/** A request that carries how many paths belong to the router that it is in. */
interface Carrier {
  [DEPTH]?: number;
}

/** An error is handed to the layers that follow, and leaves the router where none of them handles it: both are seen. */
export function expressModules(requests: Requests): Definition[] {
  const layer = (Layer: unknown): unknown => watchLayers(requests, Layer);
  const router = (Router: unknown): unknown => watchRouters(requests, Router);
  return [
    new Definition('express', EXPRESS, undefined, undefined, [
      new File('express/lib/application.js', EXPRESS, watchApplications, nothing),
      new File('express/lib/router/layer.js', EXPRESS_4, layer, nothing),
      new File('express/lib/router/index.js', EXPRESS_4, router, nothing),
    ]),
    new Definition('router', ROUTER_2, router, undefined, [
      new File('router/lib/layer.js', ROUTER_2, layer, nothing),
    ]),
  ];
}

function watchLayers(requests: Requests, Layer: unknown): unknown {
  const watched = (handleError: Method): Method =>
    function handleWatched(...parameters) {
      const [error, request] = parameters;
      requests.thrown(request, error);
      return handleError.apply(this, parameters);
    };
  replaceMethod(memberOf(Layer, 'prototype'), 'handle_error', watched);
  replaceMethod(memberOf(Layer, 'prototype'), 'handleError', watched);
  return Layer;
}

function watchRouters(requests: Requests, Router: unknown): unknown {
  const prototype = memberOf(Router, 'prototype');
  const holder = memberOf(prototype, 'handle') === undefined ? Router : prototype;
  replaceMethod(
    holder,
    'handle',
    (handle) =>
      function handleWatched(request, response, done) {
        if (!isMethod(done)) return handle.call(this, request, response, done);
        const leave = leaving(Object(request), done);
        return handle.call(this, request, response, (error: unknown) => {
          if (error) requests.thrown(request, error);
          else requests.route(request, undefined);
          leave(error);
        });
      },
  );
  return Router;
}

/** Of an application that is mounted in another one, the official instrumentation takes the path for that of a middleware. */
function watchApplications(application: unknown): unknown {
  replaceMethod(
    application,
    'handle',
    (handle) =>
      function handleWatched(...parameters) {
        const path = memberOf(this, 'mountpath');
        if (path !== '/') pathsOf(Object(parameters[0])).push([path].flat().join(','));
        return handle.apply(this, parameters);
      },
  );
  return application;
}

/**
 * The official instrumentation notes the path of a router when a request enters it, and drops the path only where it also makes a span of
 * the router. So the path is dropped here, when the request leaves.
 */
function leaving(request: Carrier, done: Method): (error: unknown) => void {
  const inside = pathsOf(request).length;
  if (inside === 0) return (error) => done.call(request, error);
  const outside = request[DEPTH] ?? 0;
  request[DEPTH] = inside;
  return (error) => {
    pathsOf(request).splice(outside);
    request[DEPTH] = outside;
    done.call(request, error);
  };
}

function pathsOf(request: object): unknown[] {
  const paths = memberOf(request, PATHS);
  return Array.isArray(paths) ? paths : [];
}
