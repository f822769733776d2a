/** Tests that the options of pino work as in pino. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@moneytrail/logs';
import pino, { type LoggerOptions } from 'pino';
import { Lines, startRecords, takeRecords } from './records.ts';

beforeAll(startRecords);
beforeEach(() => void takeRecords());

/** The methods that these tests call. The types of pino do not know those of custom levels. */
type Called = ReturnType<typeof pino> & Record<'audit' | 'loud', (...values: unknown[]) => void>;

interface Case {
  readonly options: LoggerOptions<string>;
  readonly work?: (logger: Called) => void;
}

const say = (logger: Called): void => {
  logger.info({ a: 1, b: { c: [true] } }, 'said %s', 'so');
  logger.child({ request: 'r_1' }).warn('from the child');
  logger.error(new TypeError('broken'), 'with an error');
};

const circular: Record<string, unknown> = { a: 1 };
circular['self'] = circular;

/** Cases in which our logger must write the same as one of pino, by option. */
const SUPPORTED: Record<string, readonly Case[]> = {
  base: [
    { options: { base: { region: 'eu', pid: 7 } } },
    { options: { base: null, name: 'left out as in pino' } },
  ],
  crlf: [{ options: { crlf: true } }, { options: { crlf: false } }],
  customLevels: [
    { options: { customLevels: { audit: 35 } }, work: (logger) => logger.audit({ a: 1 }, 'x') },
    {
      options: { customLevels: { audit: 35 }, level: 'audit' },
      work: (logger) => {
        logger.info('held');
        logger.audit('written');
      },
    },
  ],
  enabled: [{ options: { enabled: false } }, { options: { enabled: true } }],
  errorKey: [
    { options: { errorKey: 'error' }, work: (logger) => logger.error(new Error('broken')) },
    {
      options: { errorKey: 'error', serializers: { err: ({ message }) => ({ message }) } },
      work: (logger) => logger.error({ error: new Error('broken') }),
    },
  ],
  formatters: [
    { options: { formatters: { level: (label, number) => ({ severity: label, number }) } } },
    { options: { formatters: { log: ({ a, ...rest }) => ({ ...rest, wrapped: a }) } } },
    {
      options: {
        name: 'n',
        base: { pid: 1 },
        formatters: { bindings: ({ name }) => ({ as: name }) },
      },
    },
    {
      options: { formatters: { bindings: () => ({ of: 'the root' }) } },
      work: (logger) => {
        const own = { formatters: { bindings: () => ({ of: 'the child' }) } };
        logger.child({ a: 1 }, own).info('x');
        logger.child({ b: 2 }).info('x');
      },
    },
  ],
  hooks: [
    {
      options: {
        hooks: {
          logMethod([first, ...rest], method, level) {
            if (level > 30) Reflect.apply(method, this, [`${level} ${first}`, ...rest]);
          },
        },
      },
      work: (logger) => {
        logger.info('held');
        logger.warn('two %s', 'parts');
      },
    },
    { options: { hooks: { streamWrite: (line) => line.replaceAll('said', 'heard') } } },
  ],
  level: [{ options: { level: 'error' } }, { options: { level: 'WARN' } }],
  levelComparison: [
    { options: { levelComparison: 'DESC' } },
    { options: { levelComparison: 'ASC' } },
    { options: { levelComparison: (current, expected) => current !== expected } },
  ],
  messageKey: [
    { options: { messageKey: 'message' } },
    {
      options: { messageKey: 'message', serializers: { message: (text) => `<${text}>` } },
      work: (logger) => {
        logger.info({ message: 'in the record' });
        logger.error({ err: new Error('its message') });
      },
    },
  ],
  mixin: [
    { options: { mixin: () => ({ added: 1, a: 'the record has the last word' }) } },
    { options: { mixin: (record, level) => ({ fields: Object.keys(record), level }) } },
    { options: { mixin: (_, __, logger) => ({ of: logger.bindings() }) } },
  ],
  mixinMergeStrategy: [
    {
      options: {
        mixin: () => ({ a: 'the mixin has the last word' }),
        mixinMergeStrategy: (record, added) => ({ ...record, ...added }),
      },
    },
  ],
  msgPrefix: [
    { options: { msgPrefix: '[job] ' } },
    {
      options: { msgPrefix: '[job] ' },
      work: (logger) => {
        logger.child({}, { msgPrefix: '[step] ' }).info('x');
        logger.error(new Error('as it is'));
        logger.info({ a: 1 });
      },
    },
  ],
  name: [{ options: { name: 'payouts', base: {} } }],
  nestedKey: [
    { options: { nestedKey: 'payload' } },
    { options: { nestedKey: 'payload' }, work: (logger) => logger.info('no fields') },
    {
      options: { nestedKey: 'payload', redact: { paths: ['user.seat'], censor: '*' } },
      work: (logger) => logger.info({ user: { seat: '4A' } }, 'x'),
    },
  ],
  onChild: [
    {
      options: {
        onChild: (child) => child.info('made'),
      },
      work: (logger) => logger.child({ a: 1 }).child({ b: 2 }).info('x'),
    },
  ],
  redact: [
    {
      options: { redact: { paths: ['b.c[*]', 'request'], censor: (value, path) => [value, path] } },
    },
    { options: { redact: { paths: ['b.c', 'request'], remove: true } } },
  ],
  safe: [{ options: { safe: true } }],
  serializers: [
    {
      options: { serializers: { a: (value) => value + 1, request: (id) => ({ id }) } },
      work: (logger) => {
        logger.child({ request: 'r_1' }).info({ a: 1 }, 'x');
        logger.child({ a: 2 }, { serializers: { a: () => 'of the child' } }).info({ a: 1 }, 'x');
      },
    },
    {
      options: { serializers: { err: pino.stdSerializers.err } },
      work: (logger) => {
        const error = new Error('outer', { cause: new Error('inner') });
        error.stack = 'at line 1';
        logger.error(error);
      },
    },
  ],
  timestamp: [
    { options: { timestamp: false } },
    { options: { timestamp: () => ',"at":"noon"' } },
    { options: { timestamp: true } },
  ],
  useOnlyCustomLevels: [
    {
      options: { customLevels: { audit: 35, loud: 70 }, useOnlyCustomLevels: true, level: 'audit' },
      work: (logger) => {
        logger.audit('x');
        logger.loud('y');
      },
    },
  ],
};

/** Options of pino that are not supported. */
const UNSUPPORTED: Readonly<Record<string, unknown>> = {
  browser: { asObject: true },
  depthLimit: 3,
  edgeLimit: 10,
  levelVal: 35,
};

/** The options in the types of the installed pino. */
function optionsOfPino(): string[] {
  const path = createRequire(import.meta.url).resolve('pino/pino.d.ts');
  const [, declaration = ''] = readFileSync(path, 'utf8').split('export interface LoggerOptions<');
  const [members = ''] = declaration.split(/^ {4}\}/m);
  return [...members.matchAll(/^ {6}(\w+)\?:/gm)].map(([, name = '']) => name);
}

/** The lines of a logger, without the parts that differ between any two loggers. */
function written(
  make: (options: LoggerOptions<string>, destination: Lines) => unknown,
  { options, work = say }: Case,
): string[] {
  const lines = new Lines();
  work(Object(make(options, lines)));
  return lines.raw
    .map((line) => line.replace(/"time":\d+/, '"time":0'))
    .map((line) => line.replace(/"stack":".*?[^\\]"/, '"stack":""'));
}

const ours = (options: LoggerOptions<string>, destination: Lines): unknown =>
  createLogger({ environment: {}, ...options }, destination);

const theirs = (options: LoggerOptions<string>, destination: Lines): unknown =>
  pino({ base: {}, ...options }, destination);

it('every option of the installed pino is covered', () => {
  const known = [...Object.keys(SUPPORTED), ...Object.keys(UNSUPPORTED), 'transport'];
  expect(optionsOfPino().toSorted()).toEqual(known.toSorted());
});

describe.each(Object.entries(SUPPORTED))('the option %s', (_name, cases) => {
  it.each(cases.map((one, index) => [index + 1, one] as const))(
    'works as in pino, case %i',
    (_, one) => {
      const lines = written(ours, one);
      expect(lines).toEqual(written(theirs, one));
      // The same records are sent over OTLP, each with its message.
      const key = one.options.messageKey ?? 'msg';
      const messages = lines.map((line) => JSON.parse(line)[key]);
      expect(takeRecords().map(({ body }) => body)).toEqual(messages);
    },
  );
});

describe('an unsupported option of pino', () => {
  it.each(Object.entries(UNSUPPORTED))('is rejected with its replacement: %s', (name, value) => {
    expect(() => createLogger({ [name]: value })).toThrow(
      expect.objectContaining({
        code: 'MONEYTRAIL_OPTION_INVALID',
        message: expect.stringMatching(`${name} must be left out: .{10}`),
      }),
    );
  });
});
