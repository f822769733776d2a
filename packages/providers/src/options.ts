// Options that the webhooks of all providers have in common.
import { codedError, invalidOption, listOf, withOptions } from '@moneytrail/catalogue';
import { ERRORS } from './errors.ts';

/** Which money an event is about: real money, or that of a provider's tests. */
export type WebhookMode = 'live' | 'test';

/** Options of a webhook, whatever its provider. */
export interface WebhookOptions {
  /**
   * The endpoint's signing secret. A list where several endpoints of the provider deliver to one address, such as one for the own
   * account and one for connected accounts, or while a secret is exchanged.
   */
  readonly secret: string | readonly string[];
  /**
   * Which events count as money. Those of the other mode get the response 200, are counted by their result (`test_mode`, `live_mode`),
   * are passed to the application, and record nothing else. An event without a mode counts. Default `live`.
   */
  readonly mode?: WebhookMode;
  /** How old a signature may be, in seconds, at least 1. Default 300. */
  readonly toleranceSeconds?: number;
  /** The time in Unix milliseconds; default `Date.now`. */
  readonly now?: () => number;
}

/** Checked options with their defaults. */
export interface WebhookSettings {
  readonly secrets: readonly string[];
  readonly mode: WebhookMode;
  readonly toleranceSeconds: number;
  readonly nowMs: () => number;
}

const DEFAULT_TOLERANCE_SECONDS = 300;

/**
 * Checks the options of a provider at startup, where a mistake is cheap. `owner` is the function that they were given to. Throws
 * `MONEYTRAIL_WEBHOOK_SECRET_INVALID` or `MONEYTRAIL_OPTION_INVALID` for the first wrong one.
 *
 * @example
 * ```ts
 * import { webhookSettings } from '@moneytrail/providers';
 * console.log(webhookSettings('acme', { secret: 'shared' }).toleranceSeconds); // 300
 * ```
 */
export function webhookSettings(owner: string, options: WebhookOptions): WebhookSettings {
  return withOptions(owner, options, readSettings);
}

function readSettings(options: WebhookOptions): WebhookSettings {
  const { toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, now = Date.now, mode = 'live' } = options;
  const secrets = readSecrets(options.secret);
  if (mode !== 'live' && mode !== 'test') throw invalidOption('mode', mode, '`live` or `test`');
  // An unlimited age would let old deliveries be replayed forever.
  if (!Number.isFinite(toleranceSeconds) || toleranceSeconds < 1) {
    throw invalidOption('toleranceSeconds', toleranceSeconds, 'at least 1');
  }
  if (typeof now !== 'function') throw invalidOption('now', now, 'a function');
  return { secrets, mode, toleranceSeconds, nowMs: () => timeOf(now) };
}

/** A clock that throws has no time, so signatures that have an age have expired. */
function timeOf(now: () => number): number {
  try {
    return now();
  } catch {
    return Number.NaN;
  }
}

/** No secret contains a comma, so a string with one is a list that was not split. */
function readSecrets(given: unknown): readonly string[] {
  // A list of billions of members would take minutes.
  const secrets = Array.isArray(given) ? (listOf(given) ?? []) : [given];
  const valid = secrets
    .filter((one) => typeof one === 'string')
    .filter((one) => /^[^\s,]+$/.test(one));
  if (valid.length === 0 || valid.length < secrets.length) {
    throw codedError(ERRORS, 'MONEYTRAIL_WEBHOOK_SECRET_INVALID', {});
  }
  return [...new Set(valid)];
}
