// Another OpenTelemetry in the process: what it was there for first stays its own, and is joined to ours where that is possible.
import diagnostics from 'node:diagnostics_channel';
// Not required: a module that is required after the first instrumentation of the service, and before ours, is never shown to ours.
import http from 'node:http';
import { setGauge } from '@moneytrail/metrics';
import {
  ProxyTracerProvider,
  type TextMapPropagator,
  type TracerProvider,
} from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { Resource } from '@opentelemetry/resources';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { foreignProcessor, maskForeign, processorsOf, sendsTo } from './foreign-spans.ts';
import { SILENT } from './left-out.ts';
import { firstRefusal, watchRefusals } from './refused.ts';
import { delegateOf, replace, type Taken, takenPlaces } from './registry.ts';
import { reportNeighbour, reportSecondSet } from './report.ts';
import { withoutSecondSet } from './second-set.ts';
import { isIdleSentry } from './sentry.ts';

/**
 * Whose the traces of the process are: ours; theirs, and sent by us too (`attached`) or by them to where we send (`masked`); or theirs
 * alone.
 */
export type Standing = 'ours' | 'attached' | 'masked' | 'theirs';

/** What was there before ours. */
export interface Neighbour {
  readonly traces: Standing;
  readonly taken: Taken;
  /** Whether it has replaced the functions of HTTP by its own, as instrumentations of OpenTelemetry do. */
  readonly wrapsHttp: boolean;
  /** Whether it listens to `fetch`. */
  readonly watchesFetch: boolean;
}

/** What of ours is joined to the neighbour. */
export interface Parts {
  /** Our tracer provider; none where traces are switched off. */
  readonly tracerProvider: TracerProvider | undefined;
  readonly propagator: TextMapPropagator;
  readonly instrumentations: readonly Instrumentation[];
  readonly spanProcessors: readonly SpanProcessor[];
  readonly resource: Resource;
}

/** Looks around before anything of ours is made. */
export function findNeighbour(tracesUrl: string): Neighbour {
  const taken = takenPlaces();
  return {
    taken,
    traces: standingOf(taken.get('trace'), new URL(tracesUrl).host),
    // The mark that the wrappers of OpenTelemetry leave.
    wrapsHttp: Reflect.get(http.Server.prototype.emit, '__wrapped') === true,
    watchesFetch: diagnostics.hasSubscribers('undici:request:create'),
  };
}

function standingOf(provider: unknown, host: string): Standing {
  if (provider === undefined || isIdleSentry(delegateOf(provider))) return 'ours';
  const processors = processorsOf(provider);
  if (processors === undefined) return 'theirs';
  return processors.some((one) => sendsTo(one, host)) ? 'masked' : 'attached';
}

/** Settles who makes which spans, and says what does not work. */
export function settle(neighbour: Neighbour, parts: Parts): void {
  const { traces, taken } = neighbour;
  const refused = firstRefusal();
  if (traces === 'ours') takeTraces(taken, parts, refused);
  else joinTraces(neighbour, parts);
  setGauge('telemetry.other_sdk', traces === 'ours' ? 0 : 1, { 'telemetry.signal': 'traces' });
  setGauge('telemetry.other_sdk', taken.has('metrics') ? 1 : 0, { 'telemetry.signal': 'metrics' });
  setGauge('telemetry.other_sdk', taken.has('logs') ? 1 : 0, { 'telemetry.signal': 'logs' });
  reportNeighbour(traces, taken);
  watchRefusals(refused);
}

/** Our instrumentations take our provider as it is, everyone else without what those make already. */
function takeTraces(
  taken: Taken,
  { tracerProvider, instrumentations, propagator }: Parts,
  refused: (place: string) => void,
): void {
  if (tracerProvider === undefined) return;
  const own = new Set(instrumentations.map((one) => one.instrumentationName));
  for (const one of instrumentations) one.setTracerProvider(tracerProvider);
  const proxy = new ProxyTracerProvider();
  proxy.setDelegate(withoutSecondSet(tracerProvider, own, reportSecondSet));
  // dd-trace puts its provider behind the proxy that it finds, when the API refuses it.
  proxy.setDelegate = () => refused('trace');
  replace('trace', proxy);
  // Of an idle Sentry the context manager stays: it keeps there what belongs to a request.
  if (taken.has('trace')) replace('propagation', propagator);
}

/** The other SDK makes the spans. Our instrumentations make further ones in it where it has none of its own. */
function joinTraces({ taken, traces, watchesFetch }: Neighbour, parts: Parts): void {
  const theirs = taken.get('trace');
  const processors = processorsOf(theirs);
  if (traces === 'masked') processors?.unshift(maskForeign);
  else processors?.push(foreignProcessor(parts.spanProcessors, parts.resource));
  for (const one of parts.instrumentations) {
    const isSecond = watchesFetch && one.instrumentationName.endsWith('-undici');
    one.setTracerProvider(traces === 'theirs' || isSecond ? SILENT : Object(theirs));
  }
}
