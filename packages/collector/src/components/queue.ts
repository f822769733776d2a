/** Queues and retries. */
import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { OtlpHttp, Retry, SendingQueue } from '../model/exporters.ts';
import type { FileStorage } from '../model/extensions.ts';

/** One file per exporter. Renaming an exporter leaves its file behind, with the queued data. */
export const queueStorage: FileStorage = explain(
  {
    directory: ENV.queueDir,
    create_directory: true,
    fsync: true,
    timeout: '10s',
    compaction: {
      on_start: true,
      on_rebound: true,
      directory: `${ENV.queueDir}/compaction`,
      cleanup_on_start: true,
    },
  },
  {
    fsync: 'A request is acknowledged only when it is on disk.',
    compaction: 'Frees disk space after an outage.',
  },
);

/** Never stops retrying: an outage of any length does not lose data while the queue has room. */
const retry: Retry = explain(
  { enabled: true, initial_interval: '500ms', max_interval: '3s', max_elapsed_time: 0 },
  { max_elapsed_time: 'Forever. The default drops after five minutes.' },
);

const queue: SendingQueue = explain(
  {
    enabled: true,
    storage: 'file_storage/queue',
    sizer: 'bytes',
    queue_size: 2147483648,
    block_on_overflow: true,
    num_consumers: 1,
  },
  {
    block_on_overflow: 'A full queue blocks senders; the default drops.',
    num_consumers:
      'One consumer keeps the order, and a crash while starting affects one request in flight only.\nNo batch: SDKs send batches, and one bad sample would lose the whole batch.',
  },
);

/** Settings of all exporters to backends and next tiers. */
export const sending: Pick<OtlpHttp, 'timeout' | 'retry_on_failure' | 'sending_queue'> = {
  timeout: '10s',
  retry_on_failure: retry,
  sending_queue: queue,
};
