// Next.js says on its own spans which route a request has taken; the request that Node.js has received gets the route from there.
import { getRPCMetadata } from '@opentelemetry/core';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';

/** Pages that Next.js shows where no route takes a request, or where one has failed. */
const OF_NEXT = /^\/(?:_|404$|500$)/;

/** The first route is that of the request; what follows are pages of errors. Next.js itself says it when the response has been sent, too late. */
export const routeOfNext: SpanProcessor = {
  onStart: ({ attributes }, context) => {
    const route = attributes['next.route'];
    if (typeof route !== 'string' || OF_NEXT.test(route)) return;
    const metadata = getRPCMetadata(context);
    if (metadata) metadata.route ??= route;
  },
  onEnd: () => {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
