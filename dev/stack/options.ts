/** The options of `npm run stack`. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { codedError, type MoneytrailError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import { stateFolder } from '../process/folders.ts';

/** What `npm run stack` does; `run` is the default. */
export type Action = 'run' | 'detach' | 'stop' | 'status' | 'build';

/** The parsed options. */
export interface MainOptions {
  readonly action: Action;
  /** The folder for data, configurations, logs and secrets. */
  readonly dataDir: string;
  /** The configuration of the Collector. */
  readonly profile: string;
}

const ACTIONS = ['detach', 'stop', 'status', 'build'] as const;
const EXPECTED = `--data DIR, --profile NAME and one of ${ACTIONS.map((one) => `--${one}`).join(', ')}`;

/** Reads the arguments of `npm run stack`. Throws `MONEYTRAIL_STACK_OPTION`. */
export function readMainOptions(args: readonly string[]): MainOptions {
  const values = parse(args);
  const chosen = ACTIONS.filter((action) => values[action]);
  if (chosen.length > 1 || values.data === '') throw wrong(args);
  return {
    action: chosen[0] ?? 'run',
    dataDir: resolve(values.data ?? join(stateFolder(process.env), 'stack')),
    profile: values.profile,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        profile: { type: 'string', default: 'single' },
        detach: { type: 'boolean', default: false },
        stop: { type: 'boolean', default: false },
        status: { type: 'boolean', default: false },
        build: { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    throw wrong(args);
  }
}

function wrong(args: readonly string[]): MoneytrailError {
  return codedError(ERRORS, 'MONEYTRAIL_STACK_OPTION', {
    option: 'npm run stack',
    value: args.join(' '),
    expected: EXPECTED,
  });
}
