/** Exporters to backends. */
import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { OtlpHttp } from '../model/exporters.ts';
import type { DeltaToCumulative, Transform } from '../model/processors.ts';
import { sending } from './queue.ts';

type Compression = OtlpHttp['compression'];

/** Traces to Jaeger, over HTTP: over gRPC, a queue drains slowly and large requests are rejected. */
export function jaeger(compression: Compression): OtlpHttp {
  return backend(ENV.jaeger, compression);
}

/** Metrics to Prometheus, which must accept samples as old as the longest outage (`out_of_order_time_window`). */
export function prometheus(compression: Compression): OtlpHttp {
  return backend(ENV.prometheus, compression);
}

/** Logs, including business events, to Loki. */
export function loki(compression: Compression): OtlpHttp {
  return backend(ENV.loki, compression);
}

/** Converts deltas, because Prometheus accepts cumulative values only. */
export const runningTotals: DeltaToCumulative = { max_stale: '1h' };

/** Copies the event name to an attribute, because Loki drops the OTLP field. */
export const eventName: Transform = explain(
  {
    error_mode: 'silent',
    log_statements: [
      {
        context: 'log',
        statements: [
          'set(log.attributes["event.name"], log.event_name) where log.event_name != "" and log.attributes["event.name"] == nil',
        ],
      },
    ],
  },
  { log_statements: 'Loki drops the OTLP field with the event name, but keeps attributes.' },
);

function backend(endpoint: string, compression: Compression): OtlpHttp {
  return explain(
    { endpoint, compression, ...sending },
    compression === 'none'
      ? { compression: 'In the same network: compression would cost more than it saves.' }
      : {},
  );
}
