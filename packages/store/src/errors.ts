/** Every error of the store, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_STORE_DATA_IN_USE: {
    message: '{file} is open in another process',
    remedy: 'Stop the other store, or start this one with another folder: `--data DIR`.',
  },
  MONEYTRAIL_STORE_DATA_UNREADABLE: {
    message: '{file} cannot be used: {reason}',
    remedy:
      'Use a writable folder that only the store uses. Move a damaged file away: the store then creates a new one.',
  },
  MONEYTRAIL_STORE_OPTION: {
    message: '{option} is "{value}", expected {expected}',
    remedy: 'Correct the option; `packages/store/README.md` lists them with their defaults.',
  },
  MONEYTRAIL_STORE_PORT_IN_USE: {
    message: 'port {port} is in use or not permitted',
    remedy:
      'Stop the other program (`lsof -i :4318` finds it), or choose another port with `--port` and set `OTEL_EXPORTER_OTLP_ENDPOINT` of the services to it.',
  },
  MONEYTRAIL_STORE_SCHEMA_NEWER: {
    message: '{file} has schema version {found}; this store supports versions up to {known}',
    remedy:
      'Update Moneytrail, or start with another folder (`--data DIR`); the file was not changed.',
  },
} as const;
