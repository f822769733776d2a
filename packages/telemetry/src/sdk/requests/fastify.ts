// Fastify announces each instance on a channel of Node, and has hooks for the rest.
import { subscribe } from 'node:diagnostics_channel';
import { isMethod, memberOf, watchEmitter } from './patch.ts';
import type { Requests } from './requests.ts';

type Hook = (request: unknown, reply: unknown, ...rest: unknown[]) => void;

/** The hooks are the first ones of an instance, so they see requests that a later hook refuses. */
export function watchFastify(requests: Requests): void {
  subscribe('fastify.initialization', (message) => {
    const instance = Object(memberOf(message, 'fastify'));
    const addHook = memberOf(instance, 'addHook');
    if (!isMethod(addHook)) return;
    for (const [name, hook] of Object.entries(hooksOf(requests)))
      addHook.call(instance, name, hook);
  });
}

function hooksOf(requests: Requests): Record<'onRequest' | 'onError' | 'onSend', Hook> {
  return {
    onRequest: (request, _, done) => {
      requests.route(memberOf(request, 'raw'), routeOf(request));
      call(done);
    },
    onError: (request, _, error, done) => {
      requests.thrown(memberOf(request, 'raw'), error);
      call(done);
    },
    // What a stream throws after the headers have left is only logged by Fastify.
    onSend: (request, _, payload, done) => {
      watchEmitter(payload, (error) => requests.thrown(memberOf(request, 'raw'), error));
      call(done);
    },
  };
}

/** In Fastify 4, a request that no route takes has an option `url` that is not set; before 4.10 there are no options. */
function routeOf(request: unknown): unknown {
  if (memberOf(request, 'is404') === true) return undefined;
  return memberOf(memberOf(request, 'routeOptions'), 'url') ?? memberOf(request, 'routerPath');
}

function call(done: unknown): void {
  if (isMethod(done)) done.call(globalThis);
}
