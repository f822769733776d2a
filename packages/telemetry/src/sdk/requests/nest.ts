// Nest answers by itself what a handler, a guard, a pipe or middleware throws, so Express and Fastify see nothing of it.
import {
  InstrumentationNodeModuleDefinition as Definition,
  InstrumentationNodeModuleFile as File,
} from '@opentelemetry/instrumentation';
import { isNotFound } from './exception.ts';
import { isMethod, memberOf, nothing, replaceMethod, watchEmitter } from './patch.ts';
import type { Requests } from './requests.ts';

const VERSIONS = ['>=5.0.0 <13'];

/** Every exception of a request goes through one method, before filters of the service see it. */
export function nestModules(requests: Requests): Definition[] {
  const watch = (exports: unknown): unknown => {
    const prototype = memberOf(memberOf(exports, 'ExceptionsHandler'), 'prototype');
    replaceMethod(
      prototype,
      'next',
      (next) =>
        function nextWatched(...parameters) {
          const [exception, host] = parameters;
          const request = requestOf(host);
          // Where Nest itself throws, Express has found what catches everything below a global prefix.
          if (isUnrouted(exception)) requests.route(request, undefined);
          requests.thrown(request, exception);
          return next.apply(this, parameters);
        },
    );
    return exports;
  };
  const file = new File('@nestjs/core/exceptions/exceptions-handler.js', VERSIONS, watch, nothing);
  return [
    new Definition('@nestjs/core', VERSIONS, undefined, undefined, [file]),
    new Definition('@nestjs/platform-express', VERSIONS, (exports) =>
      watchFiles(requests, exports),
    ),
  ];
}

/** What breaks off a `StreamableFile` is only logged by Nest. */
function watchFiles(requests: Requests, exports: unknown): unknown {
  const prototype = memberOf(memberOf(exports, 'ExpressAdapter'), 'prototype');
  replaceMethod(
    prototype,
    'reply',
    (reply) =>
      function replyWatched(...parameters) {
        const [response, body] = parameters;
        const getStream = memberOf(body, 'getStream');
        const stream = isMethod(getStream) ? getStream.call(Object(body)) : undefined;
        watchEmitter(stream, (error) => requests.thrown(memberOf(response, 'req'), error));
        return reply.apply(this, parameters);
      },
  );
  return exports;
}

/** Whether Nest says that it has no route, in a message with the whole address. */
function isUnrouted(exception: unknown): boolean {
  const message = isNotFound(exception) ? memberOf(exception, 'message') : '';
  return typeof message === 'string' && /^Cannot [A-Z-]+ \//.test(message);
}

/** On Fastify, Node's request is inside of Fastify's, except in middleware. */
function requestOf(host: unknown): unknown {
  const getArguments = memberOf(host, 'getArgs');
  const [request]: unknown[] = isMethod(getArguments)
    ? [getArguments.call(Object(host))].flat()
    : [];
  return memberOf(request, 'raw') ?? request;
}
