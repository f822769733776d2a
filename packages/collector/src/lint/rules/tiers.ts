/** Rules about tiers of Collectors. */
import { sendingExporters } from '../config-view.ts';
import type { CollectorRule, Fault } from '../rule.ts';
import { UNKNOWN } from '../variables.ts';

/** Rules: data lost between two tiers of Collectors. */
export const TIER_RULES: readonly CollectorRule[] = [
  {
    code: 'load-balancing-queue-below',
    file: 'collector',
    severity: 'error',
    title: 'The exporters below `load_balancing` have queues of their own.',
    why: 'They are on by default and in memory: they take requests from the queue on disk, and stopping the Collector loses them. A storage does not help because all endpoints write to the same file: with two endpoints, half of the requests got a 503.',
    fix: 'Set `protocol.otlp.sending_queue.enabled: false`, and keep the queue on disk in `load_balancing` itself.',
    find: function* (config): Generator<Fault> {
      for (const { type, settings } of sendingExporters(config)) {
        const at = settings.at('protocol', 'otlp', 'sending_queue', 'enabled');
        if (type !== 'load_balancing' || at.value() === false || at.value() === UNKNOWN) continue;
        const isOnDisk = settings.at('protocol', 'otlp', 'sending_queue', 'storage').isSet();
        yield {
          at,
          message: isOnDisk
            ? 'all endpoints share one file: only one of them starts'
            : 'each endpoint has a queue in memory behind the queue on disk',
        };
      }
    },
  },
  {
    code: 'kafka-commits-early',
    file: 'collector',
    severity: 'error',
    title: 'A Kafka receiver marks messages before the pipeline has processed them.',
    why: 'The offset is committed while the data is in memory: stopping the Collector loses it, and so does an error of the pipeline.',
    fix: 'Set `message_marking.after: true`, and leave `on_error` at false.',
    find: function* ({ components }): Generator<Fault> {
      for (const { kind, type, settings } of components) {
        if (kind !== 'receivers' || type !== 'kafka') continue;
        const marking = settings.at('message_marking');
        const [after, onError] = [marking.at('after'), marking.at('on_error')];
        if (after.value() !== true && after.value() !== UNKNOWN)
          yield { at: after, message: 'messages are marked before they are processed' };
        else if (onError.value() === true)
          yield { at: onError, message: 'failed messages are marked as processed' };
      }
    },
  },
];
