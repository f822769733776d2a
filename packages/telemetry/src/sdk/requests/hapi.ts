// hapi: a server is asked by one of its own extensions, at the point where the response of each request is known.
import { InstrumentationNodeModuleDefinition as Definition } from '@opentelemetry/instrumentation';
import { isMethod, type Method, memberOf, replaceMethod, watchEmitter } from './patch.ts';
import type { Requests } from './requests.ts';

/** Each server gets an extension of ours, which sees the route and the response of a request. */
export function hapiModules(requests: Requests): Definition[] {
  const watched = (create: Method): Method =>
    function createWatched(...parameters) {
      const server = create.apply(this, parameters);
      const extend = memberOf(server, 'ext');
      if (isMethod(extend)) extend.call(Object(server), 'onPreResponse', onPreResponse(requests));
      return server;
    };
  const watch = (hapi: unknown): unknown => {
    replaceMethod(hapi, 'server', watched);
    replaceMethod(hapi, 'Server', watched);
    return hapi;
  };
  return [new Definition('@hapi/hapi', ['>=20.0.0 <22'], watch)];
}

function onPreResponse(requests: Requests): Method {
  return (request, toolkit) => {
    const incoming = memberOf(memberOf(request, 'raw'), 'req');
    const route = memberOf(request, 'route');
    const response = memberOf(request, 'response');
    // What breaks off a stream is only logged by hapi.
    if (memberOf(response, 'variety') === 'stream') {
      watchEmitter(memberOf(response, 'source'), (error) => requests.thrown(incoming, error));
    }
    // A request that no route takes has a route of hapi's own.
    if (memberOf(route, 'method') !== '_special') {
      requests.route(incoming, memberOf(route, 'path'));
      if (memberOf(response, 'isBoom') === true) requests.thrown(incoming, response);
    }
    return memberOf(toolkit, 'continue');
  };
}
