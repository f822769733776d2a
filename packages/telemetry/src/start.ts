import { sharedInProcess } from '@moneytrail/catalogue';
import { sendWaitingFacts, setServiceName } from '@moneytrail/metrics';
import { createEnding } from './ending.ts';
import { watchExit } from './exit.ts';
import { createInstrumentations } from './instrumentations.ts';
import { assembleLogs } from './logs.ts';
import { assembleMetrics } from './metrics.ts';
import { hookModules } from './module-hooks.ts';
import { findNeighbour } from './neighbours/neighbours.ts';
import type { TelemetryOptions } from './options.ts';
import { detectResource } from './resource.ts';
import { serveMetrics } from './scrape/scrape.ts';
import { startSdk } from './sdk.ts';
import { readSettings, type Settings } from './settings.ts';
import { joinThreads } from './threads.ts';
import { assembleTraces } from './traces.ts';
import { createPropagator } from './trust/trust.ts';
import { reportVariables } from './variables/report.ts';

/** The telemetry of this process. */
export interface Telemetry {
  /** Sends what was recorded so far, within `shutdownTimeoutMs`. Never rejects. */
  flush(): Promise<void>;
  /**
   * Sends what was recorded so far, within `shutdownTimeoutMs`, and stops; what does not leave by then is dropped and
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
 * Starts the telemetry of this process: traces, metrics and logs over OTLP, instrumentations, and the hooks that let the
 * last of it leave at the end. Import it before everything else, or instrumentations come too late; the import of
 * `@moneytrail/telemetry/register` does just that. Options win over the environment. A wrong option or variable throws a
 * `MoneytrailError` here, at start; afterwards nothing of it throws. A second call checks its options and returns what the
 * first one started.
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
  const settings = readSettings(options, process.env);
  if (shared.running === undefined) reportVariables(process.env);
  shared.running ??= settings.disabled ? NOTHING : start(settings);
  return shared.running;
}

function start(settings: Settings): Telemetry {
  const resource = detectResource(settings);
  setServiceName(String(resource.attributes['service.name']));
  const ready = (): Promise<void> => resource.waitForAsyncAttributes?.() ?? nothing();
  const traces = assembleTraces(settings, ready);
  const logs = assembleLogs(settings, ready);
  const metrics = assembleMetrics(settings);
  const scrape = serveMetrics(settings.values);
  const metricReaders = [...metrics.parts, ...(scrape ? [scrape.reader] : [])];
  const propagator = createPropagator(settings);
  const neighbour = findNeighbour(settings.signals.traces.url);
  const { ignorePaths = '' } = settings.values;
  const instrumentations = createInstrumentations(scrape, propagator, neighbour, ignorePaths);
  const parts = {
    resource,
    propagator,
    instrumentations,
    spanProcessors: traces.parts,
    logRecordProcessors: logs.parts,
    metricReaders,
    sampler: settings.sampler,
    spanLimits: settings.spanLimits,
  };
  startSdk(parts, neighbour);
  hookModules(instrumentations);
  sendWaitingFacts();
  const items = [...traces.pipelines, ...logs.pipelines];
  const ending = createEnding(items, metrics.pipelines, settings.values.shutdownTimeoutMs);
  const threads = joinThreads(ending.finish);
  const finish = async (): Promise<void> => {
    await Promise.all([ending.finish(), threads.finish(settings.values.shutdownTimeoutMs)]);
  };
  const unwatch = watchExit({ isPending: ending.isPending, finish });
  const shutdown = once(async () => {
    await ending.finish();
    unwatch();
    threads.close();
    scrape?.close();
    for (const pipeline of [...items, ...metrics.pipelines]) pipeline.close();
    await Promise.all(metricReaders.map((reader) => reader.shutdown()));
  });
  return { flush: ending.flush, shutdown };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let promise: Promise<void> | undefined;
  return () => {
    promise ??= work();
    return promise;
  };
}
