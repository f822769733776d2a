// Hono: each handler is wrapped as an application adds it to its router.
import {
  InstrumentationNodeModuleDefinition as Definition,
  InstrumentationNodeModuleFile as File,
} from '@opentelemetry/instrumentation';
import { isMethod, likeness, type Method, memberOf, nothing, observe } from './patch.ts';
import type { Requests } from './requests.ts';

const VERSIONS = ['>=4.0.0 <5'];

/** `hono`, `hono/tiny`, `hono/quick` and what others make of them have this class below them, as an ES module or in CommonJS. */
const BASES = ['hono/dist/hono-base.js', 'hono/dist/cjs/hono-base.js'];

type Constructor = new (...parameters: unknown[]) => object;

/** The class below every application, whichever preset made it. */
export function honoModules(requests: Requests): Definition[] {
  const files = BASES.map(
    (base) => new File(base, VERSIONS, (exports) => withBase(requests, exports), nothing),
  );
  return [new Definition('hono', VERSIONS, undefined, undefined, files)];
}

/** Exports of an ES module are changed in place; those of CommonJS are only read. */
function withBase(requests: Requests, exports: object): object {
  const HonoBase: unknown = Reflect.get(exports, 'HonoBase');
  if (!isConstructor(HonoBase)) return exports;
  const watched = watchedBase(requests, HonoBase);
  if (Reflect.set(exports, 'HonoBase', watched)) return exports;
  return { ...exports, HonoBase: watched };
}

function isConstructor(value: unknown): value is Constructor {
  return typeof value === 'function';
}

/** The router is set by the constructor of a class that extends this one, so it is waited for. */
function watchedBase(requests: Requests, HonoBase: Constructor): Constructor {
  const known = new WeakSet<object>();
  return class Hono extends HonoBase {
    constructor(...parameters: unknown[]) {
      super(...parameters);
      let router: unknown = Reflect.get(this, 'router');
      Object.defineProperty(this, 'router', {
        configurable: true,
        enumerable: true,
        get: () => router,
        set: (value: unknown) => {
          router = value;
          if (!known.has(Object(value))) watchRouter(requests, Object(value));
          known.add(Object(value));
        },
      });
    }
  };
}

function watchRouter(requests: Requests, router: object): void {
  const add = memberOf(router, 'add');
  if (!isMethod(add)) return;
  const addWatched: Method = (method, path, entry) => {
    const [handler, route] = [entry].flat();
    const watched = isMethod(handler) ? [watchedHandler(requests, handler, route), route] : entry;
    return add.call(router, method, path, watched);
  };
  Reflect.set(router, 'add', addWatched);
}

/** What a part of an application has caught by its own `onError` is left on the context. */
function watchedHandler(requests: Requests, handler: Method, entry: unknown): Method {
  const path = isMiddleware(handler, entry) ? undefined : memberOf(entry, 'path');
  const watched: Method = (context, next) => {
    const request = memberOf(memberOf(context, 'env'), 'incoming');
    const note = (thrown: unknown): void => requests.thrown(request, thrown);
    const settled = (): void => {
      const caught = memberOf(context, 'error');
      if (caught !== undefined) note(caught);
    };
    const route = path ?? routeAhead(memberOf(context, 'req'));
    if (route !== undefined) requests.route(request, route);
    return observe(() => handler.call(Object(context), context, next), note, settled);
  };
  return likeness(watched, handler);
}

/** The route that the first middleware of a request leads to: one that refuses the request is not followed by its handler. */
function routeAhead(request: unknown): unknown {
  const routes = memberOf(request, 'routeIndex') === 0 ? memberOf(request, 'matchedRoutes') : [];
  const ahead = [routes].flat().find((route) => {
    const handler = memberOf(route, 'handler');
    return isMethod(handler) && !isMiddleware(handler, route);
  });
  return memberOf(ahead, 'path');
}

/** `use` adds middleware for all methods; so does `all`, whose handlers do not ask for the next one. */
function isMiddleware(handler: Method, route: unknown): boolean {
  const inner = memberOf(handler, '__COMPOSED_HANDLER');
  return memberOf(route, 'method') === 'ALL' && (isMethod(inner) ? inner : handler).length > 1;
}
