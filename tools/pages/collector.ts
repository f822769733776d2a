import {
  PROFILE_NAMES,
  PROFILE_PURPOSES,
  type ProfileName,
  profile,
  toYaml,
} from '@moneytrail/collector';

/** Configurations of the Collector by path; the one at the top is the one that most people mount. */
export function collectorFiles(): Record<string, string> {
  const files = PROFILE_NAMES.map((name) => [`deploy/collector/${name}.yaml`, yamlOf(name)]);
  return { 'collector-config.yaml': yamlOf('single'), ...Object.fromEntries(files) };
}

function yamlOf(name: ProfileName): string {
  const written = 'Written by `npm run generate` from packages/collector: change it there.';
  return toYaml(profile(name), `${PROFILE_PURPOSES[name]}\n${written}`);
}
