import { MoneytrailError } from '@moneytrail/catalogue';
import {
  configForVersion,
  isProfileName,
  NEWEST_VERSION,
  PROFILE_NAMES,
  PROFILE_PURPOSES,
  profile,
  toYaml,
} from '@moneytrail/collector';
import { parse } from './arguments.ts';
import { type CliIo, EXIT } from './io.ts';

const OPTIONS = { profile: { type: 'string' }, for: { type: 'string' } } as const;

/** `moneytrail collector print --profile NAME --for VERSION`. */
export function printCommand(args: readonly string[], io: CliIo): number {
  const { values } = parse(args, OPTIONS);
  const { profile: name, for: version = NEWEST_VERSION } = values;
  const known = PROFILE_NAMES.join(', ');
  if (name === undefined)
    throw new MoneytrailError('MONEYTRAIL_CLI_USAGE', `--profile is missing; there are ${known}`);
  if (!isProfileName(name))
    throw new MoneytrailError('MONEYTRAIL_COLLECTOR_PROFILE_UNKNOWN', name, known);
  const heading = `${PROFILE_PURPOSES[name]}\nFor the Collector ${version}.`;
  io.out(configForVersion(toYaml(profile(name), heading), version));
  return EXIT.clean;
}
