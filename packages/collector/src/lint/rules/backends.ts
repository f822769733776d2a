/** Rules about the configurations of backends. */
import type { Cursor } from '../cursor.ts';
import { durationMs } from '../duration.ts';
import type { BackendRule, Fault, LintContext } from '../rule.ts';
import { UNKNOWN } from '../variables.ts';

/** Rules: settings of backends, so that they accept late data and keep acknowledged data. */
export const BACKEND_RULES: readonly BackendRule[] = [
  {
    code: 'prometheus-window',
    file: 'prometheus',
    severity: 'error',
    title: 'Prometheus rejects samples as old as the longest outage.',
    why: 'It responds with 400. The Collector treats that as final and drops the request with all its series. Measured with an outage of 40 s and no window: 12 of 232 samples.',
    fix: 'Set `storage.tsdb.out_of_order_time_window` to the longest outage promised, such as `6h`.',
    find: (root, context) =>
      shorter(root.at('storage', 'tsdb', 'out_of_order_time_window'), '0s', context),
  },
  {
    code: 'loki-time-sharding',
    file: 'loki',
    severity: 'error',
    title: 'Loki does not shard streams by time.',
    why: 'An entry more than an hour behind the newest one of its stream is rejected: after an outage, the oldest ones are lost.',
    fix: 'Set `limits_config.shard_streams.time_sharding_enabled: true` (Loki 3.4 or later).',
    find: function* (root): Generator<Fault> {
      const at = root.at('limits_config', 'shard_streams', 'time_sharding_enabled');
      if (at.value() !== true && at.value() !== UNKNOWN)
        yield { at, message: 'entries from before an outage are rejected' };
    },
  },
  {
    code: 'loki-old-samples',
    file: 'loki',
    severity: 'error',
    title: 'Loki rejects entries as old as the longest outage.',
    why: 'It responds with 400, and the Collector drops them.',
    fix: 'Set `limits_config.reject_old_samples_max_age` to a week.',
    find: (root, context) =>
      root.at('limits_config', 'reject_old_samples').value() === false
        ? []
        : shorter(root.at('limits_config', 'reject_old_samples_max_age'), '1w', context),
  },
  {
    code: 'loki-wal',
    file: 'loki',
    severity: 'error',
    title: 'Loki keeps acknowledged data in memory only.',
    why: 'A kill loses it. Measured: 600 of 4,505 log events.',
    fix: 'Keep `ingester.wal.enabled` at true, and `dir` on a persistent disk.',
    find: function* (root): Generator<Fault> {
      const at = root.at('ingester', 'wal', 'enabled');
      if (at.value() === false) yield { at, message: 'the write-ahead log is switched off' };
    },
  },
  {
    code: 'loki-structured-metadata',
    file: 'loki',
    severity: 'error',
    title: 'Loki rejects structured metadata.',
    why: 'Attributes of log events are stored there: every OTLP request gets a 400.',
    fix: 'Leave `limits_config.allow_structured_metadata` at true.',
    find: function* (root): Generator<Fault> {
      const at = root.at('limits_config', 'allow_structured_metadata');
      if (at.value() === false) yield { at, message: 'log events over OTLP are rejected' };
    },
  },
  {
    code: 'jaeger-batch',
    file: 'jaeger',
    severity: 'error',
    title: 'Jaeger has the `batch` processor.',
    why: 'It acknowledges before it stores. Measured with six kills: 144 of 8,517 traces.',
    fix: 'Remove `batch` from the pipeline.',
    find: function* (root): Generator<Fault> {
      for (const [, pipeline] of root.at('service', 'pipelines').entries()) {
        for (const at of pipeline.at('processors').items()) {
          if (/^batch(?:\/|$)/.test(at.text() ?? ''))
            yield { at, message: 'spans are acknowledged before they are stored' };
        }
      }
    },
  },
  {
    code: 'jaeger-queue',
    file: 'jaeger',
    severity: 'error',
    title: 'Jaeger has a queue before its storage.',
    why: 'It acknowledges before it stores. Measured with kills: 42 of 8,463 traces.',
    fix: 'Remove `queue` from `jaeger_storage_exporter`: the queue of the Collector is on disk.',
    find: function* (root): Generator<Fault> {
      for (const [id, exporter] of root.at('exporters').entries()) {
        const at = exporter.at('queue');
        if (!id.startsWith('jaeger_storage_exporter') || !at.isSet()) continue;
        if (at.at('enabled').value() !== false)
          yield { at, message: 'spans are acknowledged before they are stored' };
      }
    },
  },
  {
    code: 'jaeger-storage-in-memory',
    file: 'jaeger',
    severity: 'error',
    title: 'Jaeger stores in memory.',
    why: 'A restart loses every trace.',
    fix: 'Use `badger` with `ephemeral: false` and directories on a persistent disk, or a database.',
    find: function* (root): Generator<Fault> {
      for (const [, backend] of root.at('extensions', 'jaeger_storage', 'backends').entries()) {
        const isEphemeral = backend.at('badger', 'ephemeral').value() === true;
        const at = isEphemeral ? backend.at('badger', 'ephemeral') : backend.at('memory');
        if (at.exists()) yield { at, message: 'a restart loses every trace' };
      }
    },
  },
];

/** Reports durations that are shorter than the outage. */
function* shorter(at: Cursor, standard: string, { outageMs }: LintContext): Generator<Fault> {
  if (at.value() === UNKNOWN) return;
  const text = at.text() ?? standard;
  const reachMs = durationMs(text);
  if (reachMs === undefined || reachMs >= outageMs) return;
  const hours = Math.round((outageMs / 3_600_000) * 100) / 100;
  const note = at.exists() ? '' : ' (the default)';
  yield { at, message: `covers ${text}${note}, which is less than an outage of ${hours} h` };
}
