// Who calls a function of AWS Lambda: behind API Gateway, a load balancer or a function URL that is a stranger.
import {
  type Context,
  context,
  defaultTextMapGetter,
  INVALID_SPAN_CONTEXT,
  trace,
} from '@opentelemetry/api';
import type { BoundedPropagator } from './bounded-propagator.ts';
import type { Caller } from './callers.ts';

/** Makes what reads the context of an event, which the official instrumentation would take from anybody's headers. */
export function contextOfEvent(propagator: BoundedPropagator): (event: unknown) => Context {
  return (event) => {
    const caller = callerOf(event);
    propagator.comingFrom(caller);
    const found = propagator.extract(context.active(), caller.headers, defaultTextMapGetter);
    // A context without a span would be thrown away, and a stranger's trace with it.
    return trace.getSpan(found) ? found : trace.setSpanContext(found, INVALID_SPAN_CONTEXT);
  };
}

/** The address is what AWS has seen itself; where it says none, the caller may be anybody. */
function callerOf(event: unknown): Caller {
  const request = member(event, 'requestContext');
  const address =
    member(member(request, 'http'), 'sourceIp') ?? member(member(request, 'identity'), 'sourceIp');
  const headers = Object.entries(Object(member(event, 'headers')));
  return {
    socket: { remoteAddress: typeof address === 'string' ? address : '' },
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
  };
}

function member(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}
