/** Rules about renamed and removed settings. */
import { isSince } from '../../ids/version.ts';
import type { ConfigView } from '../config-view.ts';
import type { Cursor } from '../cursor.ts';
import type { CollectorRule, Fault } from '../rule.ts';

interface OldSetting {
  readonly kind: string;
  /** Newest name of the type; every component of the kind by default. */
  readonly type?: string;
  readonly path: readonly string[];
  readonly instead: string;
  readonly deprecated: string;
  /** The first version that is known to reject it. */
  readonly removed?: string;
}

/** Settings that were renamed or moved. */
const OLD_SETTINGS: readonly OldSetting[] = [
  {
    kind: 'exporters',
    path: ['sending_queue', 'blocking'],
    instead: '`sending_queue.block_on_overflow`',
    deprecated: '0.123.0',
    removed: '0.129.0',
  },
  {
    kind: 'exporters',
    type: 'otlp_grpc',
    path: ['batcher'],
    instead: 'nothing, or `sending_queue.batch`',
    deprecated: '0.123.0',
    removed: '0.130.0',
  },
  {
    kind: 'exporters',
    type: 'otlp_http',
    path: ['batcher'],
    instead: 'nothing, or `sending_queue.batch`',
    deprecated: '0.123.0',
    removed: '0.130.0',
  },
  {
    kind: 'exporters',
    type: 'prometheus',
    path: ['add_metric_suffixes'],
    instead: '`translation_strategy`',
    deprecated: '0.132.0',
  },
  {
    kind: 'exporters',
    type: 'prometheus',
    path: ['resource_to_telemetry_conversion'],
    instead: '`resource_constant_labels`',
    deprecated: '0.160.0',
  },
  {
    kind: 'exporters',
    type: 'prometheus_remote_write',
    path: ['resource_to_telemetry_conversion'],
    instead: '`resource_constant_labels`',
    deprecated: '0.160.0',
  },
  {
    kind: 'service',
    path: ['telemetry', 'metrics', 'address'],
    instead: '`telemetry.metrics.readers`',
    deprecated: '0.111.0',
    // Ignored since 0.123.0.
    removed: '0.159.0',
  },
];

/** Settings by version. */
export const SETTINGS_RULES: readonly CollectorRule[] = [
  {
    code: 'setting-deprecated',
    file: 'collector',
    severity: 'warning',
    title: 'A setting was renamed or moved.',
    why: 'It still works, but it will be removed, and the Collector will not start.',
    fix: 'Use the replacement in the message.',
    find: function* (config, { minor }): Generator<Fault> {
      for (const [old, at] of oldSettings(config)) {
        if (!isSince(minor, old.deprecated) || isRemoved(old, minor)) continue;
        yield { at, message: `deprecated since ${old.deprecated}: use ${old.instead}` };
      }
      yield* invertedPolicies(config);
    },
  },
  {
    code: 'setting-removed',
    file: 'collector',
    severity: 'error',
    title: 'A setting was removed.',
    why: 'The Collector does not start with unknown settings.',
    fix: 'Use the replacement in the message.',
    find: function* (config, { minor }): Generator<Fault> {
      for (const [old, at] of oldSettings(config)) {
        if (isRemoved(old, minor))
          yield { at, message: `removed in ${old.removed}: use ${old.instead}` };
      }
    },
  },
];

function* oldSettings({ root, components }: ConfigView): Generator<[OldSetting, Cursor]> {
  for (const old of OLD_SETTINGS) {
    const owners = components.filter(
      ({ kind, type }) => kind === old.kind && (old.type ?? type) === type,
    );
    const places =
      old.kind === 'service' ? [root.at('service')] : owners.map(({ settings }) => settings);
    for (const place of places) {
      const at = place.at(...old.path);
      if (at.exists()) yield [old, at];
    }
  }
}

function isRemoved({ removed }: OldSetting, minor: number): boolean {
  return removed !== undefined && isSince(minor, removed);
}

/** Tail sampling policies that invert their match override all others, as `drop` does explicitly. */
function* invertedPolicies({ components }: ConfigView): Generator<Fault> {
  for (const { type, settings } of components) {
    if (type !== 'tail_sampling') continue;
    for (const policy of settings.at('policies').items()) {
      const at = policy.at(policy.at('type').text() ?? '', 'invert_match');
      if (at.value() === true)
        yield { at, message: '`invert_match` is deprecated: use a policy of type `drop`' };
    }
  }
}
