/** Profiles by name. */
import type { Catalogue } from '@moneytrail/catalogue';
import { closedKeys } from '../components/known-keys.ts';
import type { CollectorConfig } from '../model/config.ts';
import type { Redaction } from '../model/processors.ts';
import { dev } from './dev.ts';
import { gateway, gatewayKafka } from './gateway.ts';
import { sampler, samplerKafka } from './sampler.ts';
import { single } from './single.ts';

/** Name of a profile. */
export type ProfileName =
  | 'dev'
  | 'single'
  | 'gateway'
  | 'sampler'
  | 'gateway-kafka'
  | 'sampler-kafka';

const PROFILES: Readonly<Record<ProfileName, CollectorConfig>> = {
  dev,
  single,
  gateway,
  sampler,
  'gateway-kafka': gatewayKafka,
  'sampler-kafka': samplerKafka,
};

/** Names of all profiles, simplest first. */
export const PROFILE_NAMES: readonly ProfileName[] = [
  'dev',
  'single',
  'gateway',
  'sampler',
  'gateway-kafka',
  'sampler-kafka',
];

/** The purpose of each profile, simplest first. It is the heading of its file. */
export const PROFILE_PURPOSES: Readonly<Record<ProfileName, string>> = {
  dev: 'Profile dev: one Collector for development. Every trace is kept; secrets are replaced as in production.',
  single:
    'Profile single: one Collector for one host. Authenticated ingest, redaction, span metrics, sampling, and\nqueues on disk that do not lose data in an outage.',
  gateway:
    'Profile gateway: the first of two tiers. Receives everything from services, redacts, counts, sends metrics and\nlogs to their backends, and each trace to one of the samplers.',
  sampler:
    'Profile sampler: the second of two tiers. Waits for whole traces and keeps a part of them.',
  'gateway-kafka': 'Profile gateway-kafka: like gateway, with Kafka between the tiers.',
  'sampler-kafka': 'Profile sampler-kafka: like sampler, reading from Kafka.',
};

/**
 * The configuration of a profile. The closed attributes of `catalogues`, like those of our own catalogue, are not searched
 * for secrets.
 *
 * @example
 * ```ts
 * import { profile } from '@moneytrail/collector';
 * console.log(Object.keys(profile('single').receivers)); // [ 'otlp' ]
 * ```
 */
export function profile(name: ProfileName, catalogues: readonly Catalogue[] = []): CollectorConfig {
  const config = PROFILES[name];
  const keys = catalogues.flatMap(closedKeys);
  if (keys.length === 0) return config;
  const processors = Object.entries(config.processors ?? {}).map(([id, processor]) => [
    id,
    isRedaction(processor) ? ignoring(processor, keys) : processor,
  ]);
  return { ...config, processors: Object.fromEntries(processors) };
}

/**
 * Whether a profile with this name exists.
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

function isRedaction(processor: unknown): processor is Redaction {
  return typeof processor === 'object' && processor !== null && 'ignored_keys' in processor;
}

function ignoring(redaction: Redaction, keys: readonly string[]): Redaction {
  return { ...redaction, ignored_keys: [...new Set([...redaction.ignored_keys, ...keys])].sort() };
}
