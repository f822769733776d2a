/** The valid values of each option of `createLogger`, and the options of pino that it does not support. */
import type { LoggerOptions } from './options.ts';

/** A kind of value: its description, and a check. */
export interface Kind {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const TEXT: Kind = { expected: 'a string', accepts: (value) => typeof value === 'string' };
const KEY: Kind = { expected: 'the name of a field', accepts: isText };
const SWITCH: Kind = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
const FUNCTION: Kind = { expected: 'a function', accepts: isFunction };
const OBJECT: Kind = { expected: 'an object', accepts: isObject };
const CHECKED_LATER: Kind = { expected: 'anything', accepts: () => true };

/** The options of `createLogger`. */
export const OPTION_KINDS: Readonly<Record<keyof LoggerOptions, Kind>> = {
  base: {
    expected: 'an object or null',
    accepts: (value) => value === null || isObject(value),
  },
  crlf: SWITCH,
  customLevels: {
    expected: 'an object of numbers by level name',
    accepts: (value) => isObject(value) && Object.values(value).every(Number.isFinite),
  },
  destination: {
    expected: 'an object with a method write',
    accepts: (value) => isFunction(Reflect.get(Object(value), 'write')),
  },
  enabled: SWITCH,
  environment: OBJECT,
  errorKey: KEY,
  formatters: functions('an object with the functions level, bindings and log', [
    'level',
    'bindings',
    'log',
  ]),
  hooks: functions('an object with the functions logMethod and streamWrite', [
    'logMethod',
    'streamWrite',
  ]),
  level: CHECKED_LATER,
  levelComparison: {
    expected: 'ASC, DESC or a function',
    accepts: (value) => value === 'ASC' || value === 'DESC' || isFunction(value),
  },
  messageKey: KEY,
  mixin: FUNCTION,
  mixinMergeStrategy: FUNCTION,
  msgPrefix: TEXT,
  name: TEXT,
  nestedKey: KEY,
  onChild: FUNCTION,
  redact: CHECKED_LATER,
  safe: {
    expected: 'true: circular records never fail',
    accepts: (value) => value === true,
  },
  serializers: functions('an object of functions by field name'),
  serviceName: TEXT,
  serviceVersion: TEXT,
  timestamp: {
    expected: 'true, false or a function',
    accepts: (value) => typeof value === 'boolean' || isFunction(value),
  },
  transport: OBJECT,
  useOnlyCustomLevels: SWITCH,
};

/** Options that pino has or had, and what to use instead. */
export const UNSUPPORTED: Readonly<Record<string, string>> = {
  browser: 'left out: createLogger is for Node.js',
  changeLevelName: 'left out: use formatters.level to name the level',
  depthLimit: 'left out: circular references are replaced, and records are cut at 10 levels',
  edgeLimit: 'left out: fields are cut at 1,000 values',
  extreme: 'left out: use pino.destination({ sync: false }) as destination to buffer lines',
  levelVal: 'left out: use customLevels to give a level its number',
  prettyPrint: 'left out: use the transport pino-pretty',
  stream: 'left out: use destination for the stream',
  useLevelLabels: 'left out: use formatters.level to write the label',
};

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object whose members are functions. With `names`, no other members are allowed. */
function functions(expected: string, names?: readonly string[]): Kind {
  return {
    expected,
    accepts: (value) =>
      isObject(value) &&
      Object.entries(value).every(
        ([name, member]) =>
          (names?.includes(name) ?? true) && (member === undefined || isFunction(member)),
      ),
  };
}
