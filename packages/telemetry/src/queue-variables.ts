import type { Option } from './options.ts';

const count = { kind: 'integer', min: 1, max: 1_000_000 } as const;
const durationMs = { kind: 'integer', min: 1, max: 600_000 } as const;

/** The variables of one queue. */
export interface QueueVariables {
  readonly maxItems: Option;
  readonly batchItems: Option;
  readonly delayMs: Option;
}

/** The variables of the two queues. */
export const QUEUES: Readonly<Record<'traces' | 'logs', QueueVariables>> = {
  traces: queueVariables('OTEL_BSP', 'Spans', 5000),
  logs: queueVariables('OTEL_BLRP', 'Log records and events', 1000),
};

function queueVariables(prefix: string, items: string, fallbackDelayMs: number): QueueVariables {
  return {
    maxItems: {
      ...count,
      variable: `${prefix}_MAX_QUEUE_SIZE`,
      fallback: 8192,
      help: `${items} that wait at most; further ones are dropped and counted.`,
    },
    batchItems: {
      ...count,
      variable: `${prefix}_MAX_EXPORT_BATCH_SIZE`,
      fallback: 512,
      help: `${items} in one request at most.`,
    },
    delayMs: {
      ...durationMs,
      variable: `${prefix}_SCHEDULE_DELAY`,
      fallback: fallbackDelayMs,
      help: `${items} wait so many milliseconds for others.`,
    },
  };
}
