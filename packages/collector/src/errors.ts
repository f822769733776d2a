/** Every error of the configurations of the Collector, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_COLLECTOR_TOO_OLD: {
    message: 'Collector {version} does not support {setting}, which requires {since}',
    remedy:
      'Use a newer Collector. The setting cannot be omitted: without it, data is lost, or leaves the host unmasked.',
  },
  MONEYTRAIL_COLLECTOR_VERSION: {
    message: '"{version}" is not a version of the Collector from {oldest} to {newest}',
    remedy:
      'Write it as `0.147.0`. For a newer Collector, print the configuration for the newest supported version: newer Collectors accept these names.',
  },
} as const;
