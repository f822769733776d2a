/** Rules about queues. */
import { hasSendingQueue } from '../../ids/sending.ts';
import { type Component, type ConfigView, sendingExporters } from '../config-view.ts';
import type { Cursor } from '../cursor.ts';
import type { CollectorRule, Fault } from '../rule.ts';
import { UNKNOWN } from '../variables.ts';

/** Exporters with their own queue in memory. */
const OWN_QUEUE = 'prometheus_remote_write';

/** Rules: queues, which keep accepted data until a backend has it. */
export const QUEUE_RULES: readonly CollectorRule[] = [
  {
    code: 'queue-disabled',
    file: 'collector',
    severity: 'error',
    title: 'An exporter has no queue.',
    why: 'While its backend is down, each request fails after one attempt or blocks the sender.',
    fix: 'Set `sending_queue.enabled: true` and `sending_queue.storage`.',
    find: function* (config): Generator<Fault> {
      for (const { settings } of queueingExporters(config)) {
        const at = settings.at('sending_queue', 'enabled');
        if (at.value() === false) yield { at, message: 'the queue is switched off' };
      }
    },
  },
  {
    code: 'queue-in-memory',
    file: 'collector',
    severity: 'error',
    title: 'A queue has no storage.',
    why: 'Queued data is lost when the Collector stops. Measured with two restarts and two kills while the backends were up: 54 of 5,223 traces and 85 of 8,705 log events.',
    fix: 'Set `sending_queue.storage` to a `file_storage` extension.',
    find: function* (config): Generator<Fault> {
      for (const { settings } of queueingExporters(config)) {
        const at = settings.at('sending_queue', 'storage');
        if (at.isSet() || settings.at('sending_queue', 'enabled').value() === false) continue;
        yield { at, message: 'the queue is in memory: stopping the Collector loses it' };
      }
    },
  },
  {
    code: 'queue-storage-undefined',
    file: 'collector',
    severity: 'error',
    title: 'A queue names a storage that is not defined.',
    why: 'The Collector does not start.',
    fix: 'Define it under `extensions`, and name it in `service.extensions`.',
    find: function* (config): Generator<Fault> {
      for (const { at, id } of storages(config)) {
        const isDefined = config.root.at('extensions', id).exists();
        if (!isDefined) yield { at, message: `\`${id}\` is not defined under \`extensions\`` };
      }
    },
  },
  {
    code: 'queue-storage-not-started',
    file: 'collector',
    severity: 'error',
    title: 'A queue names a storage that is not in `service.extensions`.',
    why: 'The Collector does not start: a definition alone does not start an extension.',
    fix: 'Add it to `service.extensions`.',
    find: function* (config): Generator<Fault> {
      const started = new Set(config.extensions.map(({ id }) => id));
      for (const id of new Set(storages(config).map((storage) => storage.id))) {
        const at = config.root.at('extensions', id);
        if (at.exists() && !started.has(id))
          yield { at, message: `\`${id}\` is not in \`service.extensions\`` };
      }
    },
  },
  {
    code: 'queue-storage-without-fsync',
    file: 'collector',
    severity: 'warning',
    title: 'The storage of a queue does not use fsync.',
    why: 'A killed Collector does not lose data because of this, but a machine that loses power loses the data that was not yet on disk.',
    fix: 'Set `fsync: true`. It costs about a third of the throughput of a plain pipeline, and little with redaction.',
    find: function* (config): Generator<Fault> {
      const used = new Set(storages(config).map(({ id }) => id));
      for (const { type, id, settings } of config.components) {
        if (type !== 'file_storage' || !used.has(id) || isTrue(settings.at('fsync'))) continue;
        yield { at: settings.at('fsync'), message: `\`${id}\` writes without fsync` };
      }
    },
  },
  {
    code: 'queue-overflow-drops',
    file: 'collector',
    severity: 'warning',
    title: 'A full queue rejects data instead of blocking.',
    why: 'The sender gets a 503 and has to retry. Data from a connector or tail sampling is dropped because they do not retry.',
    fix: 'Set `sending_queue.block_on_overflow: true`.',
    find: (config) => missing(config, 'block_on_overflow', isTrue, 'a full queue rejects new data'),
  },
  {
    code: 'queue-size-default',
    file: 'collector',
    severity: 'warning',
    title: 'The size of a queue is not set.',
    why: 'The default is 1,000 requests of any size: at 20 requests per second, this is less than a minute of outage.',
    fix: 'Set `sending_queue.sizer: bytes` and `sending_queue.queue_size` to fit the disk.',
    find: (config) =>
      missing(config, 'queue_size', (at) => at.isSet(), 'the queue holds 1,000 requests'),
  },
  {
    code: 'queue-batch',
    file: 'collector',
    severity: 'error',
    title: 'A queue batches requests.',
    why: 'Requests in flight are deleted from the disk before they are queued again at the next start, so a Collector that is killed while starting loses them. Measured with 7 such kills: 1,113 of 12,033 traces and 2,350 of 20,055 log events; without batches and with one consumer, 0. A batch can also exceed the limit of a backend (2,052 of 6,729 traces were rejected because of a gRPC limit of 4 MiB), and one bad sample loses its whole batch.',
    fix: 'Remove `sending_queue.batch`: SDKs send batches already.',
    find: function* (config): Generator<Fault> {
      for (const queue of queues(config)) {
        const at = queue.at('batch');
        if (at.exists() && at.at('enabled').value() !== false)
          yield { at, message: 'the queue batches requests' };
      }
    },
  },
  {
    code: 'queue-consumers',
    file: 'collector',
    severity: 'error',
    title: 'A queue has more than one consumer.',
    why: 'Each consumer has a request in flight that a kill while starting loses (12 of 10,203 traces with 4 consumers, 0 with one). Several consumers also send a backlog to Prometheus and Loki out of order, and data that is too old is rejected: 12 of 232 samples after an outage of 40 seconds.',
    fix: 'Set `sending_queue.num_consumers: 1`.',
    find: function* (config): Generator<Fault> {
      for (const queue of queues(config)) {
        const at = queue.at('num_consumers');
        if (at.value() === 1 || at.value() === UNKNOWN) continue;
        yield { at, message: `${at.text() ?? '10 (the default)'} consumers share the queue` };
      }
    },
  },
  {
    code: 'queue-waits-for-result',
    file: 'collector',
    severity: 'error',
    title: 'A queue with a storage waits for the result.',
    why: 'They cannot be combined: a queue on disk cannot return the result to the sender.',
    fix: 'Remove `sending_queue.wait_for_result`.',
    find: function* (config): Generator<Fault> {
      for (const queue of queues(config)) {
        const at = queue.at('wait_for_result');
        if (isTrue(at) && queue.at('storage').isSet())
          yield { at, message: '`wait_for_result` cannot be combined with `storage`' };
      }
    },
  },
  {
    code: 'remote-write-in-memory',
    file: 'collector',
    severity: 'warning',
    title: 'Metrics are sent with `prometheus_remote_write`.',
    why: 'Its queue is in memory, and it does not support `sending_queue`: an outage or a restart loses samples.',
    fix: 'Send OTLP to Prometheus with `otlp_http` (`--web.enable-otlp-receiver`), which has a queue on disk.',
    find: function* (config): Generator<Fault> {
      for (const { type, id, settings } of sendingExporters(config)) {
        if (type === OWN_QUEUE) yield { at: settings, message: `\`${id}\` has no queue on disk` };
      }
    },
  },
];

function queueingExporters(config: ConfigView): Component[] {
  return sendingExporters(config).filter(({ type }) => hasSendingQueue(type));
}

function storages(config: ConfigView): { readonly id: string; readonly at: Cursor }[] {
  return queues(config).flatMap((queue) => {
    const at = queue.at('storage');
    const id = at.text();
    return id === undefined ? [] : [{ id, at }];
  });
}

/** Enabled queues. Missing ones have a rule of their own. */
function queues(config: ConfigView): Cursor[] {
  return queueingExporters(config)
    .map(({ settings }) => settings.at('sending_queue'))
    .filter((at) => at.isMap() && at.at('enabled').value() !== false);
}

function isTrue(at: Cursor): boolean {
  return at.value() === true || at.value() === UNKNOWN;
}

function* missing(
  config: ConfigView,
  setting: string,
  holds: (at: Cursor) => boolean,
  message: string,
): Generator<Fault> {
  for (const queue of queues(config)) {
    const at = queue.at(setting);
    if (!holds(at)) yield { at, message };
  }
}
