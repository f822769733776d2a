// Starts the telemetry of a process.
import { sharedInProcess } from '@moneytrail/catalogue';
import { sendPendingEvents, setServiceName } from '@moneytrail/metrics';
import { processVariables } from './config/environment.ts';
import type { TelemetryOptions } from './config/options.ts';
import { readSettings, type Settings } from './config/settings.ts';
import { reportVariables } from './config/variables/report.ts';
import { Shutdown, within } from './exit/shutdown.ts';
import { joinThreads } from './exit/threads.ts';
import { watchExit } from './exit/watch-exit.ts';
import { serveMetrics } from './prometheus/scrape.ts';
import { guardSampler, guardView } from './sdk/guards.ts';
import { createInstrumentations } from './sdk/instrumentations.ts';
import { createLogs } from './sdk/logs.ts';
import { createMetrics } from './sdk/metrics.ts';
import { hookModules } from './sdk/module-hooks.ts';
import { findNeighbour } from './sdk/neighbours/neighbours.ts';
import { createPropagator } from './sdk/propagator.ts';
import { detectResource } from './sdk/resource.ts';
import { type SdkParts, startSdk } from './sdk/sdk.ts';
import { createTraces } from './sdk/traces.ts';

/** The telemetry of this process. */
export interface Telemetry {
  /** Sends what was recorded so far, within `timeoutMs` milliseconds or `shutdownTimeoutMs`. Never rejects. */
  flush(timeoutMs?: number): Promise<void>;
  /**
   * Sends what was recorded so far, within `shutdownTimeoutMs`, and stops; what is not sent by then is dropped and
   * counted. Not needed at the end of the process, which is watched. Never rejects; a second call returns the same promise.
   */
  shutdown(): Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

const NOTHING: Telemetry = { flush: nothing, shutdown: nothing };

/** Another copy of this package may have started it already. */
const shared: { running: Telemetry | undefined } = sharedInProcess('telemetry', 1, () => ({
  running: undefined,
}));

/**
 * Starts the telemetry of this process: traces, metrics and logs over OTLP, instrumentations, and the hooks that send the rest at the end.
 * Import it before everything else, because instrumentations that come later do not see what is loaded already; the import of
 * `@moneytrail/telemetry/register` does exactly that. Options win over the environment. A wrong option or variable throws a
 * `MoneytrailError` at startup; after that, nothing throws. A second call checks its options and returns what the first one started.
 *
 * @example
 * ```ts
 * import { startTelemetry } from '@moneytrail/telemetry';
 *
 * const telemetry = startTelemetry({ serviceName: 'checkout', endpoint: 'http://localhost:4318' });
 * await telemetry.shutdown();
 * ```
 */
export function startTelemetry(options: TelemetryOptions = {}): Telemetry {
  const variables = processVariables();
  const settings = readSettings(options, variables);
  if (shared.running === undefined) reportVariables(variables);
  shared.running ??= settings.isDisabled ? NOTHING : start(settings);
  return shared.running;
}

/**
 * Sends what this thread has recorded, and waits until it has arrived, at most `timeoutMs` milliseconds (by default, and where it is not a
 * positive number, the option `shutdownTimeoutMs`; at most a minute). What is not sent in time stays queued. Use it on platforms that freeze
 * the process between two requests, and before an end that leaves no time, such as `SIGKILL`. Never rejects; without telemetry it resolves
 * at once.
 *
 * @example
 * ```ts
 * import { flush } from '@moneytrail/telemetry';
 *
 * export async function handler(): Promise<{ statusCode: number }> {
 *   await flush();
 *   return { statusCode: 200 };
 * }
 * ```
 */
export async function flush(timeoutMs?: number): Promise<void> {
  await shared.running?.flush(timeoutMs);
}

function start(settings: Settings): Telemetry {
  const { components, spanLimits, measuresSdk } = settings;
  const resource = detectResource(settings);
  setServiceName(String(resource.attributes['service.name']));
  const ready = (): Promise<void> => resource.waitForAsyncAttributes?.() ?? nothing();
  const traces = createTraces(settings, ready);
  const logs = createLogs(settings, ready);
  const metrics = createMetrics(settings, resource);
  const scrape = serveMetrics(settings);
  const propagator = createPropagator(settings);
  const neighbour = findNeighbour(settings.signals.traces.url);
  const instrumentations = createInstrumentations(scrape, propagator, neighbour, settings);
  const parts = {
    resource,
    propagator,
    instrumentations,
    spanProcessors: traces.components,
    logRecordProcessors: logs.components,
    metricReaders: [...metrics.components, ...(scrape ? [scrape.reader] : [])],
    sampler: guardSampler(components.sampler, settings.sampler),
    views: components.views.map(guardView),
    spanLimits,
    measuresSdk,
  };
  startSdk(parts, neighbour);
  hookModules(instrumentations);
  sendPendingEvents();
  const items = [...traces.exports, ...logs.exports];
  const ending = new Shutdown(items, metrics.exports, settings.exitLimitMs);
  const unwatch = watchEnd(ending, settings.exitLimitMs);
  const stop = async (): Promise<void> => {
    await ending.finish();
    ending.dropPending();
    unwatch();
    scrape?.close();
    for (const pipeline of [...items, ...metrics.exports]) pipeline.close();
    await stopAll(parts, settings.exitLimitMs());
  };
  return { flush: (timeoutMs) => ending.flush(timeoutMs), shutdown: once(stop) };
}

/** Shuts down all components of the SDK. Those of the service may take their time, but not more than `limitMs`. */
async function stopAll(
  { spanProcessors, logRecordProcessors, metricReaders }: SdkParts,
  limitMs: number,
): Promise<void> {
  const all = [...spanProcessors, ...logRecordProcessors, ...metricReaders];
  await within(
    limitMs,
    all.map((component) => ({ flush: () => component.shutdown() })),
  );
}

/** Sends the telemetry of all threads when the process ends. Returns a function that undoes this. */
function watchEnd(ending: Shutdown, limitMs: () => number): () => void {
  const threads = joinThreads(() => ending.finish());
  const unwatch = watchExit({
    isPending: () => ending.isPending(),
    flush: () => ending.flush(),
    finish: async () => {
      await Promise.all([ending.finish(), threads.finish(limitMs())]);
    },
    finishNow: () => ending.finishNow(threads),
  });
  return () => {
    unwatch();
    threads.close();
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let promise: Promise<void> | undefined;
  return () => {
    promise ??= work();
    return promise;
  };
}
