// The variables that say what the telemetry is about.
import type { Option } from '../../options.ts';

/** Detectors that may be named, besides `all` and `none`. */
export const DETECTOR_NAMES = [
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

/** Where the attributes of the resource come from. */
export const DETECTORS: Option = {
  kind: 'list',
  values: [...DETECTOR_NAMES, 'all', 'none'],
  variable: 'OTEL_NODE_RESOURCE_DETECTORS',
  help: 'Where the attributes of the resource come from; `env,host,os,process,serviceinstance` without it. The command line and the owner of the process are never recorded.',
};

/** All of them, but for the name of the service, which is an option. */
export const RESOURCE_VARIABLES: readonly Option[] = [
  {
    kind: 'attributes',
    variable: 'OTEL_RESOURCE_ATTRIBUTES',
    help: 'Attributes of the service, such as `deployment.environment.name=production`.',
  },
  DETECTORS,
];
