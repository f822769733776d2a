import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { SelfTelemetry } from '../model/config.ts';

/** What Prometheus scrapes from the Collector itself. */
export const telemetry: SelfTelemetry = {
  logs: { level: 'info', encoding: 'json' },
  metrics: explain(
    {
      level: 'detailed',
      readers: [
        { pull: { exporter: { prometheus: { host: ENV.listenHost, port: ENV.metricsPort } } } },
      ],
    },
    { level: 'Queues, refusals and drops of every component; alerts are built on them.' },
  ),
};
