import type { Components } from '../model/config.ts';
import type { ConnectorKinds } from '../model/connectors.ts';
import type { ExporterKinds } from '../model/exporters.ts';
import type { ExtensionKinds } from '../model/extensions.ts';
import type { ProcessorKinds } from '../model/processors.ts';
import * as backends from './backends.ts';
import { healthCheck, ingestToken, memoryLimiter, resource } from './ingest.ts';
import { queueStorage } from './queue.ts';
import * as redaction from './redaction.ts';
import * as sampling from './sampling.ts';
import { exemplarsOfKept, monitorMetrics, spanMetrics } from './span-metrics.ts';

/** Every profile has these. */
export const extensions: Components<ExtensionKinds> = {
  health_check: healthCheck,
  'file_storage/queue': queueStorage,
  'bearertokenauth/ingest': ingestToken,
};

/** Their ids, as the service starts them. */
export const extensionIds = [
  'health_check',
  'file_storage/queue',
  'bearertokenauth/ingest',
] as const;

/** What a tier does with everything that comes from services. */
export const atIngest: Components<ProcessorKinds> = {
  memory_limiter: memoryLimiter,
  resource,
  'transform/event_name': backends.eventName,
  'transform/lift': redaction.liftTexts,
  'redaction/pii': redaction.redaction,
  'transform/lower': redaction.lowerTexts,
  'transform/tidy_logs': redaction.tidyLogs,
  'transform/tidy_metrics': redaction.tidyMetrics,
  'filter/masked': redaction.onlyMasked,
  delta_to_cumulative: backends.runningTotals,
};

/** Decides, span by span, and keeps exemplars honest. */
export const marking: Components<ProcessorKinds> = {
  'transform/kept': sampling.markKept,
  'transform/exemplars': exemplarsOfKept,
};

/** Splits what is decided from what waits. */
export const deciding: Components<ProcessorKinds> = {
  'filter/decided': sampling.onlyDecided,
  'filter/undecided': sampling.onlyUndecided,
  tail_sampling: sampling.tailSampling,
  'filter/siblings': sampling.onlySiblings,
};

/** All backends, on the same host or network. */
export const backendsNextDoor: Components<ExporterKinds> = {
  'otlp_http/jaeger': backends.jaeger('none'),
  'otlp_http/prometheus': backends.prometheus('none'),
  'otlp_http/loki': backends.loki('none'),
  nop: null,
};

/** Calls and durations from spans: for dashboards, and for Jaeger. */
export const spanMetricsConnectors: Components<ConnectorKinds> = {
  span_metrics: spanMetrics,
  'span_metrics/monitor': monitorMetrics,
};
