/** Every error of the configurations of the Collector, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_COLLECTOR_TOO_OLD: {
    message: 'a Collector {version} does not know {setting}, which came with {since}',
    remedy:
      'Use a newer Collector. The setting cannot be left out: without it data are lost, or leave the host unmasked.',
  },
  MONEYTRAIL_COLLECTOR_VERSION: {
    message: '"{version}" is not a version of the Collector from {oldest} to {newest}',
    remedy:
      'Write it as `0.147.0`. For a newer Collector print for the newest version that is known: it takes those names too.',
  },
} as const;
