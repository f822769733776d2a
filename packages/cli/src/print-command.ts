/** `moneytrail collector print`. */
import { codedError } from '@moneytrail/catalogue';
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
import { loadCatalogues } from './catalogue/load.ts';
import { ERRORS } from './errors.ts';
import { type CliIo, EXIT } from './io.ts';

const OPTIONS = {
  profile: { type: 'string' },
  for: { type: 'string' },
  catalogue: { type: 'string' },
} as const;

/** `moneytrail collector print --profile NAME --for VERSION --catalogue FILE`. */
export async function printCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = parse(args, OPTIONS);
  const { profile: name, for: version = NEWEST_VERSION } = values;
  const known = PROFILE_NAMES.join(', ');
  if (name === undefined)
    throw codedError(ERRORS, 'MONEYTRAIL_CLI_USAGE', {
      problem: `--profile is missing; profiles: ${known}`,
    });
  if (!isProfileName(name))
    throw codedError(ERRORS, 'MONEYTRAIL_COLLECTOR_PROFILE_UNKNOWN', { name, known });
  const heading = `${PROFILE_PURPOSES[name]}\nFor the Collector ${version}.`;
  const { catalogue: file } = values;
  const catalogues = file === undefined ? [] : await loadCatalogues(file);
  io.out(configForVersion(toYaml(profile(name, catalogues), heading), version));
  return EXIT.clean;
}
