import type { CollectorConfig } from '../model/config.ts';
import { dev } from './dev.ts';
import { single } from './single.ts';

/** Name of a profile. */
export type ProfileName = 'dev' | 'single';

const PROFILES: Readonly<Record<ProfileName, CollectorConfig>> = { dev, single };

/** Every profile, the simplest first. */
export const PROFILE_NAMES: readonly ProfileName[] = ['dev', 'single'];

/** What each profile is for, as it stands at the top of its file. */
export const PROFILE_PURPOSES: Readonly<Record<ProfileName, string>> = {
  dev: 'Profile dev: one Collector for development. Every trace is kept; secrets are still replaced.',
  single:
    'Profile single: one Collector for one host. Authenticated ingest, redaction, span metrics, sampling, and queues\non disk that lose nothing in an outage.',
};

/**
 * The configuration of a profile.
 *
 * @example
 * ```ts
 * import { profile } from '@moneytrail/collector';
 * console.log(Object.keys(profile('single').receivers)); // [ 'otlp' ]
 * ```
 */
export function profile(name: ProfileName): CollectorConfig {
  return PROFILES[name];
}

/**
 * Whether there is a profile of this name.
 *
 * @example
 * ```ts
 * import { isProfileName } from '@moneytrail/collector';
 * console.log(isProfileName('single'), isProfileName('double')); // true false
 * ```
 */
export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(PROFILES, name);
}
