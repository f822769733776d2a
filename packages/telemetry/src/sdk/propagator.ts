// What the settings say of the service's own side, as hooks of the instrumentations and as the propagator of the process.

import type { TextMapPropagator } from '@opentelemetry/api';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import type { Settings } from '../config/settings.ts';
import type { PropagatorName } from '../config/variables.ts';
import { BoundedPropagator } from '../trust/bounded-propagator.ts';
import { trustedCallers } from '../trust/callers.ts';
import { ownHosts } from '../trust/hosts.ts';
import { guardPropagator } from './guards.ts';

const PROPAGATORS: Readonly<Record<PropagatorName, () => TextMapPropagator | undefined>> = {
  tracecontext: () => new W3CTraceContextPropagator(),
  baggage: () => new W3CBaggagePropagator(),
  none: () => undefined,
  b3: () => new B3Propagator(),
  b3multi: () => new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
};

/** The propagator of the process, by `OTEL_PROPAGATORS`, behind the boundary of the service's own side. */
export function createPropagator({ propagators, components, values }: Settings): BoundedPropagator {
  const named = propagators.includes('none') ? [] : propagators;
  const inner = new CompositePropagator({
    propagators:
      components.propagators?.map(guardPropagator) ??
      [...new Set(named)].flatMap((name) => PROPAGATORS[name]() ?? []),
  });
  return new BoundedPropagator(inner, {
    isOwnHost: ownHosts(values.ownHosts),
    isTrusted: trustedCallers(values.trustedCallers),
  });
}
