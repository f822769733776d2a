// A second set of instrumentations that makes spans in our SDK.
import { count } from '@moneytrail/metrics';
import type { Tracer, TracerProvider } from '@opentelemetry/api';
import { type LeavesOut, SparseTracer } from './left-out.ts';

/** Its requests are announced to all who listen; of wrappers, a second one takes the place of the first. */
const UNDICI = '@opentelemetry/instrumentation-undici';

/** Sentry up to version 10 instruments by spans of OpenTelemetry. Those that a service starts by hand say so. */
const SENTRY = /^@sentry\//;

const always: LeavesOut = () => true;
const never: LeavesOut = () => false;
const ofSentry: LeavesOut = ({ attributes }) =>
  String(attributes?.['sentry.origin']).startsWith('auto.');

/**
 * Our tracer provider as others get it. Another SDK that comes after ours is refused by the API, but its instrumentations are not: they
 * take our provider, and would make spans a second time. `own` names the instrumentations of ours, which have the provider as it is.
 */
export function withoutSecondSet(
  provider: TracerProvider,
  own: ReadonlySet<string>,
  report: (scope: string) => void,
): TracerProvider {
  const reported = new Set<string>();
  const watched = (scope: string, inner: Tracer, leavesOut: LeavesOut): Tracer =>
    new SparseTracer(inner, (options) => {
      const isLeftOut = leavesOut(options);
      if (isLeftOut) count('telemetry.duplicate_spans', {});
      if ((isLeftOut || own.has(scope)) && !reported.has(scope)) report(scope);
      reported.add(scope);
      return isLeftOut;
    });
  const getTracer: TracerProvider['getTracer'] = (scope, ...rest) => {
    const inner = provider.getTracer(scope, ...rest);
    if (own.has(scope)) return watched(scope, inner, scope === UNDICI ? always : never);
    return SENTRY.test(scope) ? watched(scope, inner, ofSentry) : inner;
  };
  // Code that flushes the provider of the API still does.
  return Object.create(provider, { getTracer: { value: getTracer } });
}
