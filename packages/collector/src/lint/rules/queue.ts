import { hasSendingQueue } from '../../ids/sending.ts';
import { type Component, type ConfigView, sendingExporters } from '../config-view.ts';
import type { Cursor } from '../cursor.ts';
import type { CollectorRule, Fault } from '../rule.ts';
import { UNKNOWN } from '../variables.ts';

/** It has a queue of its own, in memory. */
const OWN_QUEUE = 'prometheus_remote_write';

/** What keeps data that were accepted until a backend has them. */
export const QUEUE_RULES: readonly CollectorRule[] = [
  {
    code: 'queue-disabled',
    file: 'collector',
    severity: 'error',
    title: 'An exporter has no queue.',
    why: 'While its backend is away, each request fails after one attempt or holds up the sender.',
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
    why: 'What waits is lost when the Collector stops. Measured with two restarts and two kills while the backends were up: 54 of 5,223 traces and 85 of 8,705 log events.',
    fix: 'Set `sending_queue.storage` to a `file_storage` extension.',
    find: function* (config): Generator<Fault> {
      for (const { settings } of queueingExporters(config)) {
        const at = settings.at('sending_queue', 'storage');
        if (at.isSet() || settings.at('sending_queue', 'enabled').value() === false) continue;
        yield { at, message: 'the queue is in memory: a stop of the Collector loses it' };
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
    why: 'The Collector does not start: a definition alone starts no extension.',
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
    title: 'The storage of a queue does not wait for the disk.',
    why: 'A killed Collector loses nothing by it, a machine that loses power loses what the disk had not yet written.',
    fix: 'Set `fsync: true`; it costs about a third of the throughput of a plain pipeline, little of one with redaction.',
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
    title: 'A full queue refuses instead of waiting.',
    why: 'The sender gets 503 and has to try again; what a connector or tail sampling passes on is dropped, for nobody tries again there.',
    fix: 'Set `sending_queue.block_on_overflow: true`.',
    find: (config) =>
      missing(config, 'block_on_overflow', isTrue, 'a full queue refuses what comes'),
  },
  {
    code: 'queue-size-default',
    file: 'collector',
    severity: 'warning',
    title: 'A queue has no size of its own.',
    why: 'The default is 1,000 requests, whatever they hold: at 20 requests a second less than a minute of outage.',
    fix: 'Set `sending_queue.sizer: bytes` and `sending_queue.queue_size` to what the disk can hold.',
    find: (config) =>
      missing(config, 'queue_size', (at) => at.isSet(), 'the queue holds 1,000 requests'),
  },
  {
    code: 'queue-batch',
    file: 'collector',
    severity: 'error',
    title: 'A queue joins requests to batches.',
    why: 'What is on its way is deleted from the disk before it is put back at the next start: a Collector that is killed while starting loses it. Measured with 7 such kills: 1,113 of 12,033 traces and 2,350 of 20,055 log events; without batch and with one consumer 0. A batch also grows past what a backend accepts (2,052 of 6,729 traces refused for ever by a gRPC limit of 4 MiB), and one bad sample takes a whole batch with it.',
    fix: 'Remove `sending_queue.batch`: SDKs send batches already.',
    find: function* (config): Generator<Fault> {
      for (const queue of queues(config)) {
        const at = queue.at('batch');
        if (at.exists() && at.at('enabled').value() !== false)
          yield { at, message: 'the queue joins requests to batches' };
      }
    },
  },
  {
    code: 'queue-consumers',
    file: 'collector',
    severity: 'error',
    title: 'A queue has more than one consumer.',
    why: 'Each consumer has a request on its way that a kill while starting loses (12 of 10,203 traces with 4 consumers, 0 with one). To Prometheus and Loki several consumers also send a backlog out of order, and what is too old by then is refused for good: 12 of 232 samples after 40 seconds of outage.',
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
    why: 'The two do not go together: a queue on disk cannot give the result back to the sender.',
    fix: 'Remove `sending_queue.wait_for_result`.',
    find: function* (config): Generator<Fault> {
      for (const queue of queues(config)) {
        const at = queue.at('wait_for_result');
        if (isTrue(at) && queue.at('storage').isSet())
          yield { at, message: '`wait_for_result` does not go together with `storage`' };
      }
    },
  },
  {
    code: 'remote-write-in-memory',
    file: 'collector',
    severity: 'warning',
    title: 'Metrics leave through `prometheus_remote_write`.',
    why: 'Its queue is in memory, and `sending_queue` is not for it: an outage or a restart loses samples.',
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

/** Queues that are switched on; one that is not even written has a rule of its own. */
function queues(config: ConfigView): Cursor[] {
  return queueingExporters(config)
    .map(({ settings }) => settings.at('sending_queue'))
    .filter((at) => at.isMap() && at.at('enabled').value() !== false);
}

function storages(config: ConfigView): { readonly id: string; readonly at: Cursor }[] {
  return queues(config).flatMap((queue) => {
    const at = queue.at('storage');
    const id = at.text();
    return id === undefined ? [] : [{ id, at }];
  });
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

function isTrue(at: Cursor): boolean {
  return at.value() === true || at.value() === UNKNOWN;
}
