// What each option of `createLogger` may be, and which options of pino it refuses.
import type { LoggerOptions } from './options.ts';

/** What an option may be, in words and as a test. */
export interface Kind {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const TEXT: Kind = { expected: 'a text', accepts: (value) => typeof value === 'string' };
const KEY: Kind = { expected: 'the name of a field', accepts: isText };
const SWITCH: Kind = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
const FUNCTION: Kind = { expected: 'a function', accepts: isFunction };
const OBJECT: Kind = { expected: 'an object', accepts: isObject };
const CHECKED_LATER: Kind = { expected: 'anything', accepts: () => true };

/** The options of `createLogger`. */
export const KINDS: Readonly<Record<keyof LoggerOptions, Kind>> = {
  base: {
    expected: 'an object or null',
    accepts: (value) => value === null || isObject(value),
  },
  crlf: SWITCH,
  customLevels: {
    expected: 'an object of numbers by the names of levels',
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
    expected: 'true: a circle in a record never fails',
    accepts: (value) => value === true,
  },
  serializers: functions('an object of functions by the names of fields'),
  serviceName: TEXT,
  serviceVersion: TEXT,
  timestamp: {
    expected: 'true, false or a function',
    accepts: (value) => typeof value === 'boolean' || isFunction(value),
  },
  transport: OBJECT,
  useOnlyCustomLevels: SWITCH,
};

/** Options that pino has, or once had, and what takes their place. */
export const REFUSED: Readonly<Record<string, string>> = {
  browser: 'left out: createLogger is for Node.js',
  changeLevelName: 'left out: formatters.level names the level',
  depthLimit: 'left out: a circle is cut where it closes, and a record at 10 levels',
  edgeLimit: 'left out: a field is cut at 1,000 values',
  extreme: 'left out: pino.destination({ sync: false }) as destination buffers lines',
  levelVal: 'left out: customLevels gives a level its number',
  prettyPrint: 'left out: the transport pino-pretty prints for people',
  stream: 'left out: destination is the stream',
  useLevelLabels: 'left out: formatters.level writes the label',
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

/** An object whose members are functions, of these names alone where names are given. */
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
