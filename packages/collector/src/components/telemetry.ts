/** Telemetry of the Collector itself. */
import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { SelfTelemetry } from '../model/config.ts';

/** Metrics of the Collector itself, scraped by Prometheus. */
export const telemetry: SelfTelemetry = {
  logs: { level: 'info', encoding: 'json' },
  metrics: explain(
    {
      level: 'detailed',
      readers: [
        { pull: { exporter: { prometheus: { host: ENV.listenHost, port: ENV.metricsPort } } } },
      ],
    },
    { level: 'Queues, refused and dropped data of every component, for alerts.' },
  ),
};
