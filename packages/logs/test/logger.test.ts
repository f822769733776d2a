/** Tests of lines and records, of the level, and of children. */
import { spawnSync } from 'node:child_process';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, type LoggerOptions } from '@moneytrail/logs';
import { SeverityNumber, trace } from '@opentelemetry/api';
import fc from 'fast-check';
import { type Line, Lines, startRecords, takeRecords } from './records.ts';

beforeAll(startRecords);
beforeEach(() => void takeRecords());

const lines = new Lines();
const plain = { destination: lines, environment: {} };

/** The line and the record of one call. */
function both(
  work: (logger: ReturnType<typeof createLogger>) => void,
  options: LoggerOptions = {},
) {
  work(createLogger({ ...plain, level: 'trace', ...options }));
  const [line = {}, ...moreLines] = lines.take();
  const [record, ...moreRecords] = takeRecords();
  expect([moreLines, moreRecords]).toEqual([[], []]);
  return { line, record, attributes: record?.attributes };
}

describe('a logger', () => {
  it('writes one line and sends one record with the same content', () => {
    const { line, record } = both((logger) => logger.info({ payment: 'pi_1' }, 'taken'));
    expect(line).toEqual({ level: 30, time: expect.any(Number), payment: 'pi_1', msg: 'taken' });
    expect(record).toMatchObject({
      body: 'taken',
      severityNumber: SeverityNumber.INFO,
      severityText: 'info',
      attributes: { payment: 'pi_1' },
      instrumentationScope: { name: '@moneytrail/logs' },
    });
    const [seconds = 0, nanos = 0] = record?.hrTime ?? [];
    expect(seconds * 1_000 + Math.round(nanos / 1e6)).toBe(line['time']);
  });

  it.each([
    ['trace', SeverityNumber.TRACE],
    ['debug', SeverityNumber.DEBUG],
    ['info', SeverityNumber.INFO],
    ['warn', SeverityNumber.WARN],
    ['error', SeverityNumber.ERROR],
    ['fatal', SeverityNumber.FATAL],
  ] as const)('sends %s as severity %i', (level, severity) => {
    const { record } = both((logger) => logger[level]('text'));
    expect(record).toMatchObject({ severityNumber: severity, severityText: level });
  });

  it('has the ids of the active span in the line and in the context of the record', () => {
    const span = trace.getTracer('test').startSpan('work');
    const { traceId, spanId } = span.spanContext();
    const { line, record, attributes } = both((logger) =>
      trace.getTracer('test').startActiveSpan('inner', (inner) => {
        logger.info('inside');
        expect(inner.spanContext().traceId).not.toBe(traceId);
      }),
    );
    expect(spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(line).toMatchObject({
      trace_id: record?.spanContext?.traceId,
      span_id: record?.spanContext?.spanId,
      trace_flags: '01',
    });
    expect(attributes).toEqual({});
  });

  it('has no ids without a span, and fields cannot forge them', () => {
    expect(both((logger) => logger.info('outside')).line).not.toHaveProperty('trace_id');
    const forged = both((logger) =>
      trace.getTracer('test').startActiveSpan('work', () => logger.info({ trace_id: 'mine' }, 'x')),
    );
    expect(forged.line['trace_id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each<[string, LoggerOptions, Line]>([
    ['the options', { serviceName: 'a', serviceVersion: '1' }, { name: 'a', version: '1' }],
    [
      'environment variables',
      {
        environment: {
          OTEL_SERVICE_NAME: 'b',
          OTEL_RESOURCE_ATTRIBUTES: 'service.name=c,service.version=2%2E0,broken',
        },
      },
      { name: 'b', version: '2.0' },
    ],
    [
      'the resource attributes alone',
      { environment: { OTEL_RESOURCE_ATTRIBUTES: ' service.name = c%zz ' } },
      { name: 'c%zz' },
    ],
    ['no source', {}, {}],
  ])('takes service name and version from %s', (_, options, { name, version }) => {
    const { line, attributes } = both((logger) => logger.info('x'), options);
    expect([line['service.name'], line['service.version']]).toEqual([name, version]);
    expect(attributes).toEqual({});
  });

  it('accepts any resource attributes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (noise, name) => {
        const pairs = `${noise.replaceAll(/[,=]/g, '')},service.name=${encodeURIComponent(name)}`;
        const { line } = both((logger) => logger.info('x'), {
          environment: { OTEL_RESOURCE_ATTRIBUTES: pairs },
        });
        expect(line['service.name']).toBe(name);
      }),
      // A name that looks like the query of a URL.
      { examples: [['', '?-=$']] },
    );
  });

  it('writes its name', () => {
    const { line, attributes } = both((logger) => logger.info('x'), { name: 'payouts' });
    expect([line['name'], attributes]).toEqual(['payouts', { name: 'payouts' }]);
  });

  it('sends an error as an exception', () => {
    const error = Object.assign(new TypeError('no route', { cause: new Error('refused') }), {
      code: 'E_ROUTE',
    });
    const { line, record, attributes } = both((logger) => logger.error(error));
    expect(line).toMatchObject({
      msg: 'no route',
      err: { type: 'TypeError', message: 'no route', code: 'E_ROUTE' },
    });
    expect(record?.body).toBe('no route');
    expect(attributes).toMatchObject({
      'exception.type': 'TypeError',
      'exception.message': 'no route',
      'exception.stacktrace': error.stack,
      err: { code: 'E_ROUTE', cause: { type: 'Error', message: 'refused' } },
    });
  });

  it('formats messages as pino does', () => {
    const { line, record } = both((logger) => logger.info('%s took %d ms: %j', 'job', 5, { a: 1 }));
    expect(line['msg']).toBe('job took 5 ms: {"a":1}');
    expect(record?.body).toBe(line['msg']);
  });

  it('flushes its destination, and calls back if there is nothing to flush', async () => {
    let flushed = 0;
    const destination = {
      write: () => undefined,
      flush: (callback: () => void) => {
        flushed += 1;
        callback();
      },
    };
    await new Promise((resolve) => createLogger({ ...plain, destination }).flush(resolve));
    await new Promise((resolve) => createLogger(plain).flush(resolve));
    expect(flushed).toBe(1);
  });

  it('writes to standard output by default, and loses no line when the process exits', () => {
    const script = `
      import { createLogger } from '@moneytrail/logs';
      const logger = createLogger();
      for (let line = 0; line < 1000; line += 1) logger.info({ line }, 'x');
      process.exit(3);
    `;
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--conditions=@moneytrail/source', '--input-type=module', '--eval', script],
      { encoding: 'utf8', cwd: import.meta.dirname },
    );
    expect(stdout.trim().split('\n')).toHaveLength(1_000);
    expect(status).toBe(3);
  });
});

describe('the level', () => {
  it.each([
    [{ level: 'warn' }, {}, 'warn'],
    [{}, { LOG_LEVEL: 'DEBUG' }, 'debug'],
    [{ level: 'error' }, { LOG_LEVEL: 'debug' }, 'error'],
    [{}, { LOG_LEVEL: '' }, 'info'],
    [{ level: 'silent' }, {}, 'silent'],
  ])('of %j with %j is %s', (options, environment, level) => {
    expect(createLogger({ ...plain, ...options, environment }).level).toBe(level);
  });

  it.each<[object, string]>([
    [{ level: 'loud' }, 'level must be one of trace, debug'],
    [{ level: 30 }, 'level must be one of'],
    [{ environment: { LOG_LEVEL: 'loud' } }, 'LOG_LEVEL must be one of'],
    [{ redact: 'email' }, 'redact must be a list of field names'],
    [{ redact: [''] }, 'redact must be a list of field names'],
    [{ destination: {} }, 'destination must be an object with a method write'],
    [{ destination: null }, 'destination must be an object with a method write'],
  ])('and the options %j are rejected at startup', (options, message) => {
    expect(() => createLogger({ ...plain, ...options })).toThrow(
      expect.objectContaining({
        code: 'MONEYTRAIL_OPTION_INVALID',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('drops calls below it, in the line and over OTLP', () => {
    const logger = createLogger({ ...plain, level: 'warn' });
    logger.info('held');
    logger.warn('written');
    expect([lines.take().length, takeRecords().length]).toEqual([1, 1]);
  });
});

describe('a child', () => {
  it('binds fields in the line and the record', () => {
    const { line, attributes } = both((logger) => {
      const child = logger.child({ request: 'r_1' }).child({ step: 2 });
      child.setBindings({ user: { tier: 'gold' } });
      child.info({ step: 3 }, 'x');
    });
    const fields = { request: 'r_1', step: 3, user: { tier: 'gold' } };
    expect(line).toMatchObject(fields);
    expect(attributes).toEqual(fields);
  });

  it('writes fields that are bound later', () => {
    const child = createLogger(plain).child({ a: 1 });
    child.info('before');
    child.setBindings({ b: 2 });
    child.info('after');
    expect(takeRecords().map(({ attributes }) => attributes)).toEqual([{ a: 1 }, { a: 1, b: 2 }]);
    lines.take();
  });

  it('applies serializers before redaction, in line and record, and inherits them', () => {
    const { line, attributes } = both((logger) => {
      const serializers = {
        req: ({ url }: { url: string }) => ({ path: url, password: 'hunter2' }),
        broken: () => {
          throw new Error('hostile');
        },
      };
      logger
        .child({ req: { url: '/a', agent: 'x' } }, { serializers })
        .child({})
        .info({ req: { url: '/b', agent: 'x' }, broken: 1 }, 'x');
    });
    const fields = { req: { path: '/b', password: '[redacted]' }, broken: '[unreadable]' };
    expect(line).toMatchObject(fields);
    expect(attributes).toEqual(fields);
  });

  it('has its own level and prefix, and keeps the level of its parent instead of an unknown one', () => {
    const logger = createLogger({ ...plain, level: 'warn' });
    logger.child({}, { level: 'debug', msgPrefix: '[job] ' }).debug('started');
    const odd = logger.child({ a: 1 }, { level: 'loud' });
    expect(odd.level).toBe('warn');
    odd.warn('still here');
    expect(lines.take().map((line) => line['msg'])).toEqual(['[job] started', 'still here']);
    expect(takeRecords().map(({ body }) => body)).toEqual(['[job] started', 'still here']);
  });
});
