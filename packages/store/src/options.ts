/** Options of the store and their defaults. */
import { codedError, type MoneytrailError } from './catalogue.ts';
import { ERRORS } from './errors.ts';

/** Options of `startStore`. */
export interface StoreOptions {
  /** Port to listen on; 0 selects a free one. Default 4318, the port of OTLP/HTTP. */
  readonly port?: number;
  /** Loopback address to listen on: `127.0.0.1` (default), `::1` or `localhost`. */
  readonly host?: string;
  /** Folder of the store's files; created where it is missing. */
  readonly dataDir: string;
  /** Bytes that the files may take, at least 8 MB; the oldest records are deleted first. Default 500 MB. */
  readonly maxBytes?: number;
  /** How long records are kept after their arrival, in milliseconds. Default 7 days. */
  readonly keepMs?: number;
  /** Folder of the built UI. Default: the UI of this package. */
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
  const wrong = (name: keyof StoreConfig, expected: string): MoneytrailError =>
    codedError(ERRORS, 'MONEYTRAIL_STORE_OPTION', {
      option: name,
      value: String(config[name]),
      expected,
    });
  const { port, host, dataDir, maxBytes, keepMs } = config;
  if (!within(port, 0, 65_535)) throw wrong('port', 'a whole number from 0 to 65535');
  if (!LOOPBACK.includes(host)) throw wrong('host', `a loopback address: ${LOOPBACK.join(', ')}`);
  if (typeof dataDir !== 'string' || dataDir === '') throw wrong('dataDir', 'the path of a folder');
  if (!within(maxBytes, 8 * MEGABYTE)) {
    throw wrong('maxBytes', 'a whole number of bytes, at least 8000000');
  }
  if (!within(keepMs, 1000)) throw wrong('keepMs', 'a whole number of milliseconds, at least 1000');
  return config;
}

function within(value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}
