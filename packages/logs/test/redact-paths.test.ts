/** Tests of the option `redact`. */
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, type LoggerOptions } from '@moneytrail/logs';
import pino from 'pino';
import { itOfReport } from '../../../tools/reports.ts';
import { Lines, startRecords, takeRecords } from './records.ts';

beforeAll(startRecords);
beforeEach(() => void takeRecords());

type Redact = NonNullable<LoggerOptions['redact']>;
type Level = 'info' | 'child' | 'child of a child' | 'redact of the child' | 'bound';

/** Where the path and the record come from: the logger that has the path, and the call that has the record. */
const WAYS: Record<Level, (logger: pino.Logger, record: object, redact: object) => void> = {
  info: (logger, record) => logger.info(record, 'x'),
  child: (logger, record) => logger.child({ a1: 1 }).info(record, 'x'),
  'child of a child': (logger, record) => logger.child({}).child({}).info(record, 'x'),
  'redact of the child': (logger, record, redact) =>
    logger.child({}, { redact: Object.assign(redact) }).info(record, 'x'),
  bound: (logger, record) => logger.child(record).info('x'),
};

function write(way: Level, redact: Redact, record: object, isOurs: boolean): object {
  const lines = new Lines();
  const ofRoot: LoggerOptions = way === 'redact of the child' ? {} : { redact };
  const base = { base: null, timestamp: false };
  const logger = isOurs
    ? createLogger({ ...base, environment: {}, ...(ofRoot as LoggerOptions) }, lines)
    : pino(Object.assign({ ...base }, ofRoot as pino.LoggerOptions), lines);
  WAYS[way](Object.assign(logger), record, redact);
  return lines.take()[0] ?? {};
}

const RECORD = {
  user: {
    seat: '4A',
    plan: 'gold',
    friends: [{ seat: '4B' }, { seat: '4C', deep: { seat: '5' } }],
  },
  req: { headers: { 'x-seat': '6', 'x-y.z': '7', host: 'h' }, route: { path: '/' } },
  shipping: { seat: '8', box: { seat: '9' } },
  list: [{ v: 1, w: 2 }, { v: 3 }, 'text', 5, null],
  map: { a: { v: 1 }, b: { v: 2 }, c: 3 },
  empty: null,
  plain: 'top',
  'odd-name': { 'odd.inner': 1 },
};

const PATHS: readonly (readonly string[])[] = [
  ['user.seat'],
  ['user["seat"]', "req.headers['x-seat']"],
  ['req.headers["x-y.z"]', 'req["headers"].host'],
  ['["odd-name"]["odd.inner"]'],
  ['odd-name["odd.inner"]'],
  ['*.seat'],
  ['*.*.seat'],
  ['user.friends[*].seat'],
  ['user.friends[1].seat', 'user.friends[9].seat'],
  ['user.friends.0.seat'],
  ['user.friends[*].deep.seat', 'user.friends[*].deep'],
  ['list[*].v'],
  ['list[0].v', 'list[2]'],
  ['list[*]'],
  ['map.*'],
  ['map.*.v'],
  ['req.*'],
  ['req.*.host'],
  ['user.*'],
  ['user'],
  ['plain'],
  ['["plain"]'],
  ['empty', 'empty.a'],
  ['user.nobody', 'nobody.seat', 'plain.seat', 'user.seat.deeper'],
  ['user', 'user.seat'],
  ['user.seat', 'user'],
  ['shipping.box', 'shipping.seat', '*.plan'],
];

describe.each(PATHS.map((paths) => [paths.join('  '), paths] as const))(
  'the paths %s',
  (_, paths) => {
    it.each<[string, Redact]>([
      ['hide', { paths, censor: '***' }],
      ['leave out', { paths, remove: true }],
      [
        'replace by the result of a function',
        { paths, censor: (value, path) => `${typeof value} at ${path.slice(1).join('/')}` },
      ],
    ])(
      '%s what they hide in pino, on loggers and children, in the line and over OTLP',
      (_how, redact) => {
        for (const way of Object.keys(WAYS) as Level[]) {
          const line = write(way, redact, RECORD, true);
          expect([way, line]).toEqual([way, write(way, redact, RECORD, false)]);
          const [sent] = takeRecords();
          const { level, msg, ...fields } = Object.assign(line);
          expect(sent?.attributes).toEqual(fields);
          expect(sent?.body).toEqual(msg);
        }
      },
    );
  },
);

describe('a path', () => {
  it.each([
    '',
    '.',
    'a.',
    'a..b',
    'a[',
    'a]',
    'a[]',
    'a[0',
    'a["b]',
    'a["b"',
    'a[""]',
    'a[b]c',
    'a, b',
    'a.b,c',
    ' ',
    7,
    null,
    ['a'],
  ])('that is invalid is rejected: %j', (path) => {
    for (const redact of [[path], { paths: [path] }, { paths: ['fine', path], remove: true }]) {
      expect(() => Reflect.apply(createLogger, undefined, [{ redact }])).toThrow(
        expect.objectContaining({
          code: 'MONEYTRAIL_OPTION_INVALID',
          message: expect.stringContaining('redact must be a list of field names'),
        }),
      );
    }
  });

  it.each([
    {},
    { paths: 'a' },
    { path: ['a'] },
    { paths: ['a'], remove: 'yes' },
    { paths: ['a'], cenzor: 'x' },
    'a',
    7,
  ])('that is not in a list is rejected: %j', (redact) => {
    expect(() => Reflect.apply(createLogger, undefined, [{ redact }])).toThrow(
      expect.objectContaining({ code: 'MONEYTRAIL_OPTION_INVALID' }),
    );
  });

  it('that is invalid in a child hides each of its names, at any depth', () => {
    const lines = new Lines();
    const logger = createLogger({ environment: {} }, lines);
    logger.child({}, { redact: ['user..seat', 'b['] }).info({ deep: { seat: '4A' }, b: 1, c: 2 });
    expect(lines.take()[0]).toMatchObject({ deep: { seat: '[redacted]' }, b: '[redacted]', c: 2 });
  });
});

describe('redact', () => {
  it.each([
    [
      { paths: ['*'], censor: '***' },
      { level: 30, user: '***', msg: '***' },
    ],
    [{ paths: ['*'], remove: true }, { level: 30 }],
  ])('with %j hides the whole record', (redact, line) => {
    expect(write('info', redact, { user: { seat: '4A' } }, true)).toEqual(line);
  });

  const out = (redact: Redact, record: object): unknown => {
    const lines = new Lines();
    createLogger({ redact, environment: {} }, lines).info(record, 'x');
    return lines.take()[0];
  };

  it('hides a plain name at any depth and in any spelling', () => {
    expect(out(['seatRow'], { a: { SEAT_ROW: 1, 'seat-row': [2] }, seatRow: 3 })).toMatchObject({
      a: { SEAT_ROW: '[redacted]', 'seat-row': '[redacted]' },
      seatRow: '[redacted]',
    });
  });

  it('applies to the results of serializers, errors, maps and toJSON', () => {
    const error = Object.assign(new Error('x'), { trip: { seat: '4A' } });
    const record = {
      err: error,
      m: new Map([['seat', '4B']]),
      j: { toJSON: () => ({ seat: '4C' }) },
    };
    expect(out(['err.trip.seat', 'm.seat', 'j.seat', 'err.stack'], record)).toMatchObject({
      err: { message: 'x', stack: '[redacted]', trip: { seat: '[redacted]' } },
      m: { seat: '[redacted]' },
      j: { seat: '[redacted]' },
    });
  });

  it('keeps a known field hidden even if a function returns it, and masks the result of the function', () => {
    const censor = (value: unknown): string => `${value} of ada@example.org`;
    expect(
      out({ paths: ['password', 'a.seat'], censor }, { password: 'hunter2', a: { seat: 4 } }),
    ).toMatchObject({
      password: '[redacted]',
      a: { seat: '4 of [redacted]' },
    });
  });

  it('hides a value if its function throws', () => {
    const censor = (): never => {
      throw new Error('hostile');
    };
    expect(out({ paths: ['a.b'], censor }, { a: { b: 1 } })).toMatchObject({
      a: { b: '[redacted]' },
    });
  });

  it('hides the message if its field is named', () => {
    const lines = new Lines();
    createLogger({ redact: ['msg'], environment: {} }, lines).info('private');
    expect(lines.take()[0]).toMatchObject({ msg: '[redacted]' });
    expect(takeRecords()[0]?.body).toBe('[redacted]');
  });

  it('applies to objects that become part of the message', () => {
    const lines = new Lines();
    createLogger({ redact: ['user.seat'], environment: {} }, lines).info('of %o', {
      user: { seat: '4A' },
    });
    expect(lines.take()[0]).toMatchObject({ msg: 'of {"user":{"seat":"[redacted]"}}' });
  });
});

itOfReport('redact-by-pino-path', 'the paths of the report hide the same as in pino', (folder) => {
  const { redact, record, line } = JSON.parse(readFileSync(`${folder}/case.json`, 'utf8'));
  for (const way of Object.keys(WAYS) as Level[]) {
    expect(write(way, redact, record, true)).toMatchObject(line);
    expect(takeRecords()[0]?.attributes).toMatchObject(line);
  }
});
