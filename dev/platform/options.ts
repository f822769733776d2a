/** The options of `npm start`, and the check that their ports are free. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { codedError, type MoneytrailError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import { stateFolder } from '../process/folders.ts';
import { isFree, parsePort } from '../process/port.ts';

const BACKENDS = ['store', 'stack', 'otlp'] as const;

/** Where the telemetry goes. */
export type Backend = (typeof BACKENDS)[number];

/** The options of `npm start`. */
export interface StartOptions {
  /** `store` and `stack` are started too; `otlp` sends to `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly backend: Backend;
  /** The port of the store and its UI, or of the stack's Collector. */
  readonly port: number;
  /** The port of the example. */
  readonly appPort: number;
  /** The folder for the store's files and the logs; it is made when it is missing. */
  readonly dataDir: string;
  /** Whether the driver and the payout job run. */
  readonly traffic: boolean;
}

const EXPECTED =
  '--backend store, stack or otlp, --port NUMBER, --app-port NUMBER, --data DIR and --no-traffic';

/** Reads the arguments of `npm start`. Throws `MONEYTRAIL_START_OPTION`. */
export function readStartOptions(args: readonly string[], env: NodeJS.ProcessEnv): StartOptions {
  const values = parse(args);
  const port = portOf('--port', values.port);
  const appPort = portOf('--app-port', values['app-port']);
  if (port === appPort)
    throw optionError('--app-port', String(appPort), 'a port other than --port');
  if (values.data === '') throw optionError('--data', '', 'the path of a folder');
  const dataDir = resolve(values.data ?? stateFolder(env));
  const backend = backendOf(values.backend);
  return { backend, port, appPort, dataDir, traffic: !values['no-traffic'] };
}

/** Throws `MONEYTRAIL_START_PORT_IN_USE` when nothing can listen on the port. */
export async function checkPort(option: string, port: number): Promise<void> {
  if (!(await isFree(port)))
    throw codedError(ERRORS, 'MONEYTRAIL_START_PORT_IN_USE', { option, port });
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        backend: { type: 'string', default: 'store' },
        port: { type: 'string', default: '4318' },
        'app-port': { type: 'string', default: '3000' },
        data: { type: 'string' },
        'no-traffic': { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    throw optionError('npm start', args.join(' '), EXPECTED);
  }
}

function backendOf(text: string): Backend {
  const backend = BACKENDS.find((one) => one === text);
  if (backend !== undefined) return backend;
  throw optionError('--backend', text, BACKENDS.join(', '));
}

function portOf(option: string, text: string): number {
  const port = parsePort(text);
  if (port !== undefined) return port;
  throw optionError(option, text, 'a port from 1 to 65535');
}

function optionError(option: string, value: string, expected: string): MoneytrailError {
  return codedError(ERRORS, 'MONEYTRAIL_START_OPTION', { option, value, expected });
}
