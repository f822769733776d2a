import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { OtlpHttp, Retry, SendingQueue } from '../model/exporters.ts';
import type { FileStorage } from '../model/extensions.ts';

/** One file an exporter. Renaming an exporter leaves its file behind, with what waits in it. */
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
    fsync: 'A request is acknowledged when it is on the disk, not when it is on its way there.',
    compaction: 'Gives the disk back after an outage.',
  },
);

/** Never gives up: an outage of any length loses nothing while the queue has room. */
const retry: Retry = explain(
  { enabled: true, initial_interval: '500ms', max_interval: '3s', max_elapsed_time: 0 },
  { max_elapsed_time: 'For ever. The default drops after five minutes.' },
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
    block_on_overflow: 'A full queue makes senders wait; the default drops.',
    num_consumers:
      'One keeps the order, and a crash while starting finds one request in flight, not many.\nNo batch: SDKs send batches, and a bad sample would take a whole batch with it.',
  },
);

/** What every exporter to a backend or a next tier has. */
export const sending: Pick<OtlpHttp, 'timeout' | 'retry_on_failure' | 'sending_queue'> = {
  timeout: '10s',
  retry_on_failure: retry,
  sending_queue: queue,
};
