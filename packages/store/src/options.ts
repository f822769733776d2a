import { MoneytrailError } from '@moneytrail/catalogue';

/** What `startStore` can be told. */
export interface StoreOptions {
  /** Port to listen on; 0 takes a free one. Default 4318, the port of OTLP/HTTP. */
  readonly port?: number;
  /** Loopback address to listen on: `127.0.0.1` (default), `::1` or `localhost`. */
  readonly host?: string;
  /** Folder of the store's files; made where it is missing. */
  readonly dataDir: string;
  /** Bytes that the files may take, at least 8 MB; the oldest records go first. Default 500 MB. */
  readonly maxBytes?: number;
  /** How long records are kept after their arrival, in milliseconds. Default 7 days. */
  readonly keepMs?: number;
  /** Folder of the built page. Default: the page of this package. */
  readonly page?: string;
}

/** Options with their defaults. */
export interface StoreConfig {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly maxBytes: number;
  readonly keepMs: number;
  readonly page: string | undefined;
}

const MEGABYTE = 1_000_000;
const DAY_MS = 86_400_000;

const DEFAULTS = {
  port: 4318,
  host: '127.0.0.1',
  maxBytes: 500 * MEGABYTE,
  keepMs: 7 * DAY_MS,
} as const;

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Checks the options and fills in the defaults. Throws `MONEYTRAIL_STORE_OPTION`. */
export function readOptions(options: StoreOptions): StoreConfig {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const config: StoreConfig = {
    page: undefined,
    dataDir: '',
    ...DEFAULTS,
    ...Object.fromEntries(given),
  };
  check('port', config.port, within(config.port, 0, 65_535), 'a whole number from 0 to 65535');
  check(
    'host',
    config.host,
    LOOPBACK.includes(config.host),
    `a loopback address: ${LOOPBACK.join(', ')}`,
  );
  check(
    'dataDir',
    config.dataDir,
    typeof config.dataDir === 'string' && config.dataDir !== '',
    'the path of a folder',
  );
  check(
    'maxBytes',
    config.maxBytes,
    within(config.maxBytes, 8 * MEGABYTE),
    'a whole number of bytes, at least 8000000',
  );
  check(
    'keepMs',
    config.keepMs,
    within(config.keepMs, 1000),
    'a whole number of milliseconds, at least 1000',
  );
  return config;
}

function within(value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

function check(name: string, value: unknown, valid: boolean, expected: string): void {
  if (!valid) throw new MoneytrailError('MONEYTRAIL_STORE_OPTION', name, String(value), expected);
}
