/** Presets: components that profiles combine. */
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

/** Extensions of every profile. */
export const extensions: Components<ExtensionKinds> = {
  health_check: healthCheck,
  'file_storage/queue': queueStorage,
  'bearertokenauth/ingest': ingestToken,
};

/** Their ids in `service.extensions`. */
export const extensionIds = [
  'health_check',
  'file_storage/queue',
  'bearertokenauth/ingest',
] as const;

/** Processors of the tier that receives from services. */
export const atIngest: Components<ProcessorKinds> = {
  memory_limiter: memoryLimiter,
  resource,
  'transform/event_name': backends.eventName,
  'transform/to_attributes': redaction.textsToAttributes,
  'redaction/pii': redaction.redaction,
  'transform/from_attributes': redaction.textsFromAttributes,
  'transform/tidy_logs': redaction.tidyLogs,
  'transform/tidy_metrics': redaction.tidyMetrics,
  'filter/masked': redaction.onlyMasked,
  delta_to_cumulative: backends.runningTotals,
};

/** Per-span sampling decisions, and exemplars of kept traces only. */
export const marking: Components<ProcessorKinds> = {
  'transform/kept': sampling.markKept,
  'transform/exemplars': exemplarsOfKept,
};

/** Separates decided spans from waiting ones. */
export const deciding: Components<ProcessorKinds> = {
  'filter/decided': sampling.onlyDecided,
  'filter/undecided': sampling.onlyUndecided,
  tail_sampling: sampling.tailSampling,
  'filter/siblings': sampling.onlySiblings,
};

/** Exporters to all backends on the same host or network. */
export const backendsNextDoor: Components<ExporterKinds> = {
  'otlp_http/jaeger': backends.jaeger('none'),
  'otlp_http/prometheus': backends.prometheus('none'),
  'otlp_http/loki': backends.loki('none'),
  nop: null,
};

/** Calls and durations counted from spans, for dashboards and for Jaeger. */
export const spanMetricsConnectors: Components<ConnectorKinds> = {
  span_metrics: spanMetrics,
  'span_metrics/monitor': monitorMetrics,
};
