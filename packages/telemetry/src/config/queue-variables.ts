// The limits of the queues, and the variables that set them.
import type { QueueLimits } from '../export/queue.ts';
import type { Environment } from './environment.ts';
import type { DefaultedOption } from './options.ts';
import * as rules from './rules.ts';

const count = rules.integer(1, 1_000_000);
const durationMs = rules.integer(1, 600_000);

/** The limits of each queue. */
export type QueueSettings = Readonly<Record<'traces' | 'logs' | 'money', QueueLimits>>;

/** Bytes that spans or lines may take while they wait, whatever their number. */
const QUEUE_BYTES = 16 * 1_048_576;

/** Events of money get more room than the variables say of the rest. */
const MONEY_ITEMS = 65_536;
const MONEY_BYTES = 32 * 1_048_576;

/** The variables of one queue. */
interface QueueVariables {
  readonly maxItems: DefaultedOption<number>;
  readonly batchItems: DefaultedOption<number>;
  readonly delayMs: DefaultedOption<number>;
}

/** The variables of the two queues. */
export const QUEUES: Readonly<Record<'traces' | 'logs', QueueVariables>> = {
  traces: queueVariables('OTEL_BSP', 'Spans', 5000),
  logs: queueVariables('OTEL_BLRP', 'Log records and events', 1000),
};

function queueVariables(prefix: string, items: string, fallbackDelayMs: number): QueueVariables {
  return {
    maxItems: {
      rule: count,
      variable: `${prefix}_MAX_QUEUE_SIZE`,
      fallback: 8192,
      help: `${items} that wait at most; further ones are dropped and counted.`,
    },
    batchItems: {
      rule: count,
      variable: `${prefix}_MAX_EXPORT_BATCH_SIZE`,
      fallback: 512,
      help: `${items} in one request at most.`,
    },
    delayMs: {
      rule: durationMs,
      variable: `${prefix}_SCHEDULE_DELAY`,
      fallback: fallbackDelayMs,
      help: `${items} wait so many milliseconds for others.`,
    },
  };
}

/** Reads the limits of the queues. */
export function readQueues(env: Environment): QueueSettings {
  const logs = readQueue(QUEUES.logs, env);
  const maxItems = Math.max(MONEY_ITEMS, logs.maxItems);
  return {
    traces: readQueue(QUEUES.traces, env),
    logs,
    money: { ...logs, maxItems, maxBytes: MONEY_BYTES },
  };
}

function readQueue(queue: QueueVariables, env: Environment): QueueLimits {
  const maxItems = env.read(queue.maxItems);
  return {
    maxItems,
    maxBytes: QUEUE_BYTES,
    // A batch that the queue cannot hold would never be full.
    batchItems: Math.min(maxItems, env.read(queue.batchItems)),
    delayMs: env.read(queue.delayMs),
  };
}
