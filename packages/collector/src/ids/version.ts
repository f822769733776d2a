import { codedError, type MoneytrailError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';

/** The oldest version that has queues on disk counted in bytes, which every profile but `dev` needs. */
export const OLDEST_VERSION = '0.130.0';

/** The newest version whose ids and settings were read and run here. */
export const NEWEST_VERSION = '0.159.0';

/**
 * The minor number of `0.147`, `0.147.0` or `v0.147.0`, by which all that is known goes; 1.x numbers are those of the stable
 * modules. Throws when the text is none or lies outside of what is known.
 */
export function parseVersion(text: string): number {
  const minor = parseLaterVersion(text);
  if (minor > minorOf(NEWEST_VERSION)) throw outside(text);
  return minor;
}

/** As `parseVersion`, and takes versions that came after the newest known one. */
export function parseLaterVersion(text: string): number {
  const minor = minorOf(text);
  if (minor < minorOf(OLDEST_VERSION)) throw outside(text);
  return minor;
}

/** Whether a Collector of this minor number is `since` or later. */
export function isSince(minor: number, since: string): boolean {
  return minor >= minorOf(since);
}

function outside(text: string): MoneytrailError {
  return codedError(ERRORS, 'MONEYTRAIL_COLLECTOR_VERSION', {
    version: text,
    oldest: OLDEST_VERSION,
    newest: NEWEST_VERSION,
  });
}

/** What is no version is older than all of them. */
function minorOf(text: string): number {
  return Number(/^v?0\.(\d{1,4})(?:\.\d{1,4})?$/.exec(text)?.[1] ?? -1);
}
