import { profile } from '@moneytrail/collector';
import type { Variant } from './round.ts';
import { type LooseConfig, loosened, without } from './without.ts';

const SINGLE = loosened(profile('single'));
/** The default percentage of the profile; the launcher has another default. */
const PERCENT = 10;
/** All components that search for secrets in spans. */
const REDACTION = Object.keys(SINGLE.processors).filter((id) =>
  /^redaction\/|^transform\/(?:lift|lower|tidy_.+)$/.test(id),
);

/** The baseline first, then the complete profile, then the profile without one part at a time. */
export const VARIANTS: readonly Variant[] = [
  variant('plain', plain()),
  variant('plain, queue on disk', plain('file_storage/queue')),
  variant('single', SINGLE),
  { ...variant('single, every trace kept', SINGLE), tracePercent: 100 },
  variant('without redaction', without(SINGLE, ...REDACTION)),
  variant('without tail sampling', without(SINGLE, 'forward/undecided')),
  variant('without the keep path', without(SINGLE, 'forward/decided')),
  variant('without any sampling', unsampled()),
  variant('without span metrics', without(SINGLE, 'span_metrics', 'span_metrics/monitor')),
  variant('without the monitor twin', without(SINGLE, 'span_metrics/monitor')),
  variant('without the exemplar filter', without(SINGLE, 'transform/exemplars')),
  variant('without auth', unguarded()),
  variant('without fsync', unsynced()),
];

function variant(name: string, config: LooseConfig): Variant {
  // JSON is YAML.
  return { name, config: JSON.stringify(config), tracePercent: PERCENT };
}

/** `otlp` to `otlp_http` with the Collector's own defaults, or with the queue of the profile. */
function plain(storage?: string): LooseConfig {
  const { receivers, exporters, extensions, service } = unguarded();
  const { endpoint, sending_queue } = exporters['otlp_http/jaeger'] as Record<string, unknown>;
  const used = ['health_check', ...(storage === undefined ? [] : [storage])];
  const queue = storage === undefined ? {} : { sending_queue };
  return {
    receivers,
    processors: {},
    connectors: {},
    extensions: Object.fromEntries(used.map((id) => [id, extensions[id]])),
    exporters: { otlp_http: { endpoint, ...queue } },
    service: {
      extensions: used,
      telemetry: service.telemetry,
      pipelines: { traces: { receivers: ['otlp'], exporters: ['otlp_http'] } },
    },
  };
}

/** Every span goes to Jaeger without marking, filtering or waiting. */
function unsampled(): LooseConfig {
  const config = without(SINGLE, 'forward/undecided', 'transform/exemplars');
  return without(config, 'filter/decided');
}

function unguarded(): LooseConfig {
  const config = without(SINGLE, 'bearertokenauth/ingest');
  const { protocols } = config.receivers.otlp as { protocols: Record<string, { auth?: unknown }> };
  for (const protocol of Object.values(protocols)) delete protocol.auth;
  return config;
}

function unsynced(): LooseConfig {
  const config = structuredClone(SINGLE);
  Object.assign(config.extensions['file_storage/queue'] as object, { fsync: false });
  return config;
}
