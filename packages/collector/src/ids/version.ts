/** Versions of the Collector. */
import { codedError, type MoneytrailError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';

/** The oldest version with queues on disk that are sized in bytes, which every profile except `dev` needs. */
export const OLDEST_VERSION = '0.130.0';

/** The newest version whose ids and settings are verified. */
export const NEWEST_VERSION = '0.159.0';

/**
 * The minor number of `0.147`, `0.147.0` or `v0.147.0`, by which versions are compared. 1.x numbers are those of stable
 * modules. Throws for invalid and unknown versions.
 */
export function parseVersion(text: string): number {
  const minor = parseLaterVersion(text);
  if (minor > minorOf(NEWEST_VERSION)) throw outside(text);
  return minor;
}

/** Whether a Collector with this minor number is version `since` or later. */
export function isSince(minor: number, since: string): boolean {
  return minor >= minorOf(since);
}

/** Like `parseVersion`, but accepts versions after the newest known one. */
export function parseLaterVersion(text: string): number {
  const minor = minorOf(text);
  if (minor < minorOf(OLDEST_VERSION)) throw outside(text);
  return minor;
}

/** Text that is not a version is older than all versions. */
function minorOf(text: string): number {
  return Number(/^v?0\.(\d{1,4})(?:\.\d{1,4})?$/.exec(text)?.[1] ?? -1);
}

function outside(text: string): MoneytrailError {
  return codedError(ERRORS, 'MONEYTRAIL_COLLECTOR_VERSION', {
    version: text,
    oldest: OLDEST_VERSION,
    newest: NEWEST_VERSION,
  });
}
