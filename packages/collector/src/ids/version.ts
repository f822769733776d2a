import { MoneytrailError } from '@moneytrail/catalogue';

/** A version of the Collector's distribution, 0.MINOR.PATCH; 1.x numbers are those of its stable modules. */
export interface CollectorVersion {
  readonly minor: number;
  readonly patch: number;
}

/** The oldest version that has queues on disk counted in bytes, which every profile but `dev` needs. */
export const OLDEST_VERSION = '0.130.0';

/** The newest version whose ids and settings were read and run here. */
export const NEWEST_VERSION = '0.159.0';

/** Reads `0.147`, `0.147.0` or `v0.147.0`; throws when it is none or lies outside of what is known. */
export function parseVersion(text: string): CollectorVersion {
  const version = parseLaterVersion(text);
  if (version.minor > minorOf(NEWEST_VERSION)) throw outside(text);
  return version;
}

/** As `parseVersion`, and takes versions that came after the newest known one. */
export function parseLaterVersion(text: string): CollectorVersion {
  const version = versionOf(text);
  if (version === undefined || version.minor < minorOf(OLDEST_VERSION)) throw outside(text);
  return version;
}

/** Whether `version` is `since` or later. */
export function isSince({ minor }: Pick<CollectorVersion, 'minor'>, since: string): boolean {
  return minor >= minorOf(since);
}

function outside(text: string): MoneytrailError {
  return new MoneytrailError('MONEYTRAIL_COLLECTOR_VERSION', text, OLDEST_VERSION, NEWEST_VERSION);
}

function versionOf(text: string): CollectorVersion | undefined {
  const match = /^v?0\.(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text);
  if (match === null) return undefined;
  return { minor: Number(match[1]), patch: Number(match[2] ?? 0) };
}

function minorOf(text: string): number {
  return versionOf(text)?.minor ?? 0;
}
