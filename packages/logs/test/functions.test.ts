/** Tests of functions as options, of levels and errors over OTLP, and of the logger object. */
import { beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger, type Logger, type LoggerOptions } from '@moneytrail/logs';
import { trace } from '@opentelemetry/api';
import { pino } from 'pino';
import { Lines, startRecords, takeRecords } from './records.ts';

beforeAll(startRecords);
beforeEach(() => void takeRecords());

const SECRET = 'leak-4242';
const leak = (): { password: string } => ({ password: SECRET });
const hostile = (): never => {
  throw new Error(`hostile ${SECRET}`);
};

const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);

/** The lines, records and warnings of a call. */
function out(
  options: LoggerOptions<string>,
  work: (logger: Logger<string>) => void = (logger) => logger.info({ a: 1 }, 'said'),
): { lines: Record<string, unknown>[]; text: string; codes: unknown[] } {
  warn.mockClear();
  const lines = new Lines();
  work(createLogger({ environment: {}, ...options }, lines));
  const codes = warn.mock.calls.map(([, how]) => Reflect.get(Object(how), 'code'));
  const written = lines.take();
  const sent = takeRecords().map(({ body, attributes }) => ({ body, attributes }));
  expect(sent).toHaveLength(written.length);
  return { lines: written, text: JSON.stringify([written, sent]), codes };
}

/** One option for each function that callers may pass. */
const FUNCTIONS: Record<string, (own: () => never) => LoggerOptions<string>> = {
  mixin: (mixin) => ({ mixin }),
  mixinMergeStrategy: (mixinMergeStrategy) => ({ mixin: () => ({}), mixinMergeStrategy }),
  'formatters.level': (level) => ({ formatters: { level } }),
  'formatters.bindings': (bindings) => ({ formatters: { bindings } }),
  'formatters.log': (log) => ({ formatters: { log } }),
  serializers: (a) => ({ serializers: { a } }),
  'serializers of the message': (msg) => ({ serializers: { msg } }),
  'redact.censor': (censor) => ({ redact: { paths: ['a'], censor } }),
  timestamp: (timestamp) => ({ timestamp }),
  'hooks.logMethod': (logMethod) => ({ hooks: { logMethod } }),
  'hooks.streamWrite': (streamWrite) => ({ hooks: { streamWrite } }),
};

describe.each(Object.entries(FUNCTIONS))('the function %s', (name, optionsWith) => {
  it('that throws loses neither the line nor the record, and is reported once', () => {
    const twice = (logger: Logger<string>): void => {
      logger.info({ a: 1 }, 'said');
      logger.info({ a: 1 }, 'said');
    };
    const { lines, text, codes } = out(optionsWith(hostile), twice);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      level: 30,
      time: expect.any(Number),
      msg: name === 'serializers of the message' ? '[unreadable]' : 'said',
    });
    expect(text).not.toContain(SECRET);
    expect(codes).toEqual(['MONEYTRAIL_LOG_FUNCTION_FAILED']);
  });

  it.each([
    ['a secret', leak],
    ['nothing', () => undefined],
    ['a number', () => 7],
  ])('that returns %s does not leak it, and breaks nothing', (_, own) => {
    const { text } = out(Object.assign(optionsWith(Object.assign(own))));
    expect(text).not.toContain(SECRET);
  });
});

describe('the results of functions are redacted in the line and over OTLP', () => {
  it.each<[string, LoggerOptions<string>]>([
    ['a mixin', { mixin: leak }],
    [
      'a merge strategy',
      { mixin: leak, mixinMergeStrategy: (record, added) => ({ record, added }) },
    ],
    ['a record formatter', { formatters: { log: (record) => ({ ...record, ...leak() }) } }],
    ['a bindings formatter', { formatters: { bindings: leak } }],
    ['a level formatter', { formatters: { level: (level) => ({ level, ...leak() }) } }],
    ['a serializer', { serializers: { a: leak } }],
    ['a serializer of the message', { serializers: { msg: (msg) => `${msg} password=${SECRET}` } }],
    ['a prefix', { msgPrefix: `password=${SECRET} ` }],
    ['the base', { base: leak() }],
    [
      'a hook of log calls',
      {
        hooks: {
          logMethod([_first, ...rest], method) {
            Reflect.apply(method, this, [leak(), ...rest]);
          },
        },
      },
    ],
  ])('%s', (_, options) => {
    const { lines, text } = out(options);
    expect(lines).toHaveLength(1);
    expect(text).not.toContain(SECRET);
    expect(text).toContain('[redacted]');
  });

  it('a hook of lines also changes the record, and its additions are redacted there', () => {
    const streamWrite = (line: string): string =>
      line.replace('4A', '**').replace('}', `,"token":"${SECRET}"}`);
    const lines = new Lines();
    createLogger({ environment: {}, hooks: { streamWrite } }, lines)
      .child({ bound: 1 })
      .info({ seat: '4A' }, 'in 4A');
    expect(lines.take()[0]).toMatchObject({ bound: 1, seat: '**' });
    const [record] = takeRecords();
    expect(record).toMatchObject({
      body: 'in 4A',
      attributes: { bound: 1, seat: '**', token: '[redacted]' },
    });
  });

  it('a destination may log itself', () => {
    const lines: string[] = [];
    const write = (line: string): void => {
      lines.push(line);
      if (lines.length === 1) logger.child({ inner: true }).info({ seat: '4B' }, 'second');
    };
    const hooks = { streamWrite: (line: string): string => line.replace('4A', '**') };
    const logger = createLogger({ environment: {}, hooks, destination: { write } });
    logger.info({ seat: '4A' }, 'first');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { seat: '**', msg: 'first' },
      { inner: true, seat: '4B', msg: 'second' },
    ]);
    expect(takeRecords().map(({ body, attributes }) => [body, attributes])).toEqual([
      ['second', { inner: true, seat: '4B' }],
      ['first', { seat: '**' }],
    ]);
  });

  it('a hook whose result is not JSON does not change the record', () => {
    const lines = new Lines();
    const hooks = { streamWrite: (line: string): string => `@cee: ${line}` };
    createLogger({ environment: {}, hooks }, lines).info({ a: 1 }, 'said');
    expect(lines.raw[0]).toMatch(/^@cee: \{"level":30/);
    expect(takeRecords()[0]).toMatchObject({ body: 'said', attributes: { a: 1 } });
  });
});

describe('over OTLP', () => {
  it.each<[Record<string, number>, string, number, string]>([
    [{ audit: 35 }, 'audit', 9, 'audit'],
    [{ notice: 5 }, 'notice', 10, 'notice'],
    [{ alert: 1 }, 'alert', 19, 'alert'],
    [{ loud: 99 }, 'loud', 21, 'loud'],
  ])(
    'the level %j has the severity of its name, else of its number',
    (customLevels, level, severityNumber, severityText) => {
      const logger = createLogger(
        { environment: {}, customLevels, level: 'trace', levelComparison: () => true },
        new Lines(),
      );
      Reflect.get(logger, level).call(logger, 'x');
      expect(takeRecords()[0]).toMatchObject({ severityNumber, severityText });
    },
  );

  it('an error under a custom key is sent as an exception, also with a nested key', () => {
    const options = { environment: {}, errorKey: 'problem', nestedKey: 'payload' };
    createLogger(options, new Lines()).error({ a: 1, problem: new TypeError('broken') });
    expect(takeRecords()[0]).toMatchObject({
      body: 'broken',
      attributes: {
        payload: { a: 1 },
        'exception.type': 'TypeError',
        'exception.message': 'broken',
      },
    });
  });

  it('the ids of the span are at the top of a line with a nested key', () => {
    const lines = new Lines();
    trace.getTracer('test').startActiveSpan('work', () => {
      createLogger({ environment: {}, nestedKey: 'payload' }, lines).info({ trace_id: 'forged' });
    });
    expect(lines.take()[0]).toMatchObject({ trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  it('the timestamp of the record does not depend on the option timestamp', () => {
    const before = Date.now();
    createLogger({ environment: {}, timestamp: () => ',"time":"noon"' }, new Lines()).info('x');
    const [seconds = 0, nanos = 0] = takeRecords()[0]?.hrTime ?? [];
    expect(seconds * 1_000 + nanos / 1e6).toBeGreaterThanOrEqual(before);
  });
});

describe('a logger', () => {
  it('is readable by the symbols of another copy of pino', () => {
    const logger = createLogger({ environment: {}, name: 'n' }, new Lines()).child({ a: 1 });
    const [chindings, stringify, unknown] = ['pino.chindings', 'pino.stringify', 'other'].map(
      Symbol,
    );
    const other = { ...pino.symbols, chindings: chindings ?? '', stringify: stringify ?? '' };
    expect(Reflect.get(logger, other.chindings)).toBe(',"name":"n","a":1');
    expect(Reflect.get(logger, other.stringify).call(logger, { a: 1 })).toBe('{"a":1}');
    expect(Reflect.has(logger, other.chindings)).toBe(true);
    expect([Reflect.get(logger, unknown ?? ''), Reflect.has(logger, unknown ?? '')]).toEqual([
      undefined,
      false,
    ]);
  });

  it('has the methods and properties of a pino logger', () => {
    const lines = new Lines();
    const logger = createLogger({ environment: {}, base: { region: 'eu' } }, lines);
    const changes: unknown[] = [];
    logger.on('level-change', (...values: unknown[]) => void changes.push(values.slice(0, 4)));
    logger.level = 'debug';
    logger.setBindings({ a: 1 });
    const child = logger.child(
      { b: 2 },
      { level: 'error', msgPrefix: '> ', customLevels: { audit: 35 } },
    );
    expect([logger.level, logger.levelVal, child.level]).toEqual(['debug', 20, 'error']);
    expect(changes[0]).toEqual(['debug', 20, 'info', 30]);
    expect([logger.isLevelEnabled('debug'), child.isLevelEnabled('warn')]).toEqual([true, false]);
    expect(child.bindings()).toEqual({ region: 'eu', a: 1, b: 2 });
    expect([child.msgPrefix, typeof child.audit, logger.version]).toEqual([
      '> ',
      'function',
      pino.version,
    ]);
    expect(() => logger.flush()).not.toThrow();
    let isFlushed = false;
    logger.flush(() => {
      isFlushed = true;
    });
    expect(isFlushed).toBe(true);
    expect(() => Object.assign(logger, { level: 'loud' })).toThrow('unknown level loud');
  });

  it('redacts for objects that inherit from it, and for methods that are called detached', () => {
    const lines = new Lines();
    const logger = createLogger({ environment: {}, redact: ['seat'] }, lines);
    const child = logger.child({ a: 1 }, { redact: ['row'] });
    Object.create(child).info({ seat: 1, row: 2 });
    new Proxy(child, {}).info({ seat: 1, row: 2 });
    const { error } = logger;
    error({ seat: 1 }, 'detached');
    expect(lines.take()).toMatchObject([
      { a: 1, seat: '[redacted]', row: '[redacted]' },
      { a: 1, seat: '[redacted]', row: '[redacted]' },
      { seat: '[redacted]', msg: 'detached' },
    ]);
  });

  it('exposes its serializers to frameworks, which pass them to children', () => {
    const lines = new Lines();
    const serializers = { req: () => 'of the service' };
    const logger = createLogger({ environment: {}, serializers }, lines);
    const known = Reflect.get(logger, Symbol.for('pino.serializers'));
    logger.child({}, { serializers: { req: () => 'of the framework', ...known } }).info({ req: 1 });
    expect(lines.take()[0]).toMatchObject({ req: 'of the service' });
  });

  it('calls onChild with a complete child', () => {
    const lines = new Lines();
    const seen: unknown[] = [];
    const logger = createLogger(
      {
        environment: {},
        onChild: (child) => {
          seen.push(child.bindings());
          child.info({ row: 1 });
        },
      },
      lines,
    );
    logger.child({ a: 1 }, { redact: ['row'] });
    expect(seen).toEqual([{ a: 1 }]);
    expect(lines.take()[0]).toMatchObject({ a: 1, row: '[redacted]' });
  });

  it('survives an onChild that throws and a child level that exists already', () => {
    const logger = createLogger({ environment: {}, onChild: hostile }, new Lines());
    const child = logger.child({ a: 1 }, { customLevels: { info: 35 }, level: 'error' });
    expect([child.bindings(), child.level]).toEqual([{ a: 1 }, 'info']);
  });
});
