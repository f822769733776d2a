/** Rules about retries. */
import { hasRetries } from '../../ids/sending.ts';
import { type Component, type ConfigView, sendingExporters } from '../config-view.ts';
import type { Cursor } from '../cursor.ts';
import type { CollectorRule, Fault } from '../rule.ts';
import { UNKNOWN } from '../variables.ts';

/** Exporters whose retries are off by default. */
const OFF_BY_DEFAULT = 'load_balancing';

/** Rules: how long an exporter retries. */
export const RETRY_RULES: readonly CollectorRule[] = [
  {
    code: 'retry-disabled',
    file: 'collector',
    severity: 'error',
    title: 'An exporter does not retry.',
    why: 'The first response that is not 2xx loses the request, even with a queue on disk.',
    fix: 'Set `retry_on_failure.enabled: true` and `max_elapsed_time: 0`.',
    find: function* (config): Generator<Fault> {
      for (const { type, settings } of retryingExporters(config)) {
        if (isOff(type, settings))
          yield {
            at: settings.at('retry_on_failure', 'enabled'),
            message: 'a request is sent once',
          };
      }
    },
  },
  {
    code: 'retry-gives-up',
    file: 'collector',
    severity: 'error',
    title: 'An exporter stops retrying after a time.',
    why: 'Then it drops the data, even with a queue on disk. The default is five minutes. Measured with 15 s and an outage of 40 s: 2,510 of 6,510 log events.',
    fix: 'Set `retry_on_failure.max_elapsed_time: 0`, which means forever.',
    find: function* (config): Generator<Fault> {
      for (const { type, settings } of retryingExporters(config)) {
        const retry = settings.at('retry_on_failure');
        const at = retry.at('max_elapsed_time');
        if (isOff(type, settings) || at.value() === UNKNOWN || isZero(at.text())) continue;
        if (type === 'prometheus_remote_write' && !retry.exists()) continue;
        yield { at, message: `retries for ${at.text() ?? '300s (the default)'}, then drops` };
      }
    },
  },
];

function retryingExporters(config: ConfigView): Component[] {
  return sendingExporters(config).filter(({ type }) => hasRetries(type));
}

function isOff(type: string, settings: Cursor): boolean {
  const enabled = settings.at('retry_on_failure', 'enabled');
  return enabled.value() === false || (type === OFF_BY_DEFAULT && !enabled.isSet());
}

/** `0`, `0s`, `0m0s`. */
function isZero(duration: string | undefined): boolean {
  return duration !== undefined && /^[0.a-zµ]+$/.test(duration);
}
