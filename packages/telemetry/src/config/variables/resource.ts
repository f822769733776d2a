// The variables that describe the resource.
import type { DefaultedOption, Setting } from '../options.ts';
import * as rules from '../rules.ts';

/** Detectors that may be named, besides `all` and `none`. */
const DETECTOR_NAMES = [
  'env',
  'host',
  'os',
  'process',
  'serviceinstance',
  'container',
  'aws',
  'gcp',
  'azure',
  'alibaba',
] as const;

/** Name of a resource detector. */
export type DetectorName = (typeof DETECTOR_NAMES)[number];

/** Where the attributes of the resource come from. */
export const DETECTORS: DefaultedOption<readonly (DetectorName | 'all' | 'none')[]> = {
  rule: rules.listOf(...DETECTOR_NAMES, 'all', 'none'),
  fallback: [],
  variable: 'OTEL_NODE_RESOURCE_DETECTORS',
  help: 'Where the attributes of the resource come from; `env,host,os,process,serviceinstance` without it. The command line and the owner of the process are never recorded.',
};

/** All of them, but for the name of the service, which is an option. */
export const RESOURCE_VARIABLES: readonly Setting[] = [
  {
    rule: rules.attributes,
    variable: 'OTEL_RESOURCE_ATTRIBUTES',
    help: 'Attributes of the service, such as `deployment.environment.name=production`.',
  },
  DETECTORS,
];
