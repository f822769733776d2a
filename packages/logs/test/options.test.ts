/** Tests of which options are accepted, and of the destination. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLogger, type LoggerOptions } from '@moneytrail/logs';
import { itOfReport } from '../../../tools/reports.ts';
import { Lines } from './records.ts';

const noop = (): void => undefined;

/** The options in the types of the installed pino. */
function declaredByPino(): string[] {
  const types = readFileSync(
    createRequire(import.meta.url)
      .resolve('pino')
      .replace(/js$/, 'd.ts'),
    'utf8',
  );
  const [, body = ''] = /interface LoggerOptions<[^{]*\{\n(.*?)\n {4}\}/s.exec(types) ?? [];
  return [...body.matchAll(/^ {6}(\w+)\??:/gm)].map(([, name = '']) => name);
}

describe('every option that pino declares', () => {
  const doc = readFileSync(new URL('../../../docs/logging.md', import.meta.url), 'utf8');

  it('is found', () => {
    expect(declaredByPino()).toEqual(expect.arrayContaining(['level', 'transport', 'onChild']));
    expect(declaredByPino().length).toBeGreaterThan(20);
  });

  it.each(declaredByPino())('is accepted or rejected by name, and is documented: %s', (name) => {
    expect(doc).toContain(`\`${name}\``);
    let code: unknown = 'accepted';
    try {
      createLogger({ [name]: undefined });
    } catch (error) {
      code = Reflect.get(Object(error), 'code');
    }
    expect(code).toBe(
      ['browser', 'depthLimit', 'edgeLimit', 'levelVal'].includes(name)
        ? 'MONEYTRAIL_OPTION_INVALID'
        : 'accepted',
    );
  });
});

describe('an option', () => {
  it.each([
    ['colour', ''],
    ['messagekey', '; did you mean messageKey?'],
    ['serviceNam', '; did you mean serviceName?'],
    ['constructor', ''],
  ])('that is unknown is rejected by name: %s', (name, hint) => {
    expect(() => createLogger({ [name]: undefined })).toThrow(
      expect.objectContaining({
        code: 'MONEYTRAIL_OPTION_UNKNOWN',
        message: expect.stringContaining(`createLogger has no option "${name}"${hint} (`),
      }),
    );
  });

  it.each([
    ['prettyPrint', true, 'pino-pretty'],
    ['stream', process.stdout, 'destination'],
    ['useLevelLabels', true, 'formatters.level'],
    ['changeLevelName', 'severity', 'formatters.level'],
    ['extreme', true, 'sync: false'],
  ])('that pino no longer has is rejected with its replacement: %s', (name, value, instead) => {
    expect(() => createLogger({ [name]: value })).toThrow(
      expect.objectContaining({
        code: 'MONEYTRAIL_OPTION_INVALID',
        message: expect.stringMatching(`${name} must be left out: .*${instead}`),
      }),
    );
  });

  it.each<[keyof LoggerOptions, readonly unknown[]]>([
    ['base', ['eu', 1, []]],
    ['crlf', ['yes', 1]],
    ['customLevels', [['audit'], { audit: 'high' }, { audit: Number.NaN }]],
    ['destination', [{}, null, '', 'service.log', 1]],
    ['enabled', ['no', 0]],
    ['errorKey', ['', 1, null]],
    ['formatters', [noop, { level: 'x' }, { levels: noop }]],
    ['hooks', [noop, { logMethod: true }, { logmethod: noop }]],
    ['levelComparison', ['asc', 1]],
    ['messageKey', ['', 1, null]],
    ['mixin', [{}, 'x']],
    ['mixinMergeStrategy', [{}, 'x']],
    ['msgPrefix', [1, null]],
    ['name', [1, null, {}]],
    ['nestedKey', ['', 1]],
    ['onChild', [{}, 'x']],
    ['safe', [false, 1]],
    ['serializers', [noop, { user: 'x' }]],
    ['serviceName', [1, null]],
    ['timestamp', ['iso', 1]],
    ['transport', ['pino-pretty', noop]],
    ['useOnlyCustomLevels', ['yes', 1]],
  ])('%s is refused where it cannot be used', (name, values) => {
    for (const value of values) {
      expect(() => createLogger({ [name]: value })).toThrow(
        expect.objectContaining({
          code: 'MONEYTRAIL_OPTION_INVALID',
          message: expect.stringMatching(`${name} must be `),
        }),
      );
    }
  });

  it.each<[string, object]>([
    ['only custom levels, but none', { useOnlyCustomLevels: true, level: 'silent' }],
    ['a transport that cannot be found', { transport: { target: 'no-such-transport' } }],
    [
      'a level formatter with several transports',
      {
        transport: { targets: [{ target: 'pino/file' }] },
        formatters: { level: (label: string) => ({ label }) },
      },
    ],
    [
      'a transport and a destination',
      { transport: { target: 'pino/file' }, destination: new Lines() },
    ],
    ['a stream as a transport', { transport: new Writable() }],
  ])('is rejected with the reason of pino: %s', (_, options) => {
    expect(() => createLogger(options)).toThrow(
      expect.objectContaining({ code: 'MONEYTRAIL_OPTION_INVALID' }),
    );
  });

  it('that is undefined is ignored', () => {
    const lines = new Lines();
    const options = { messageKey: undefined, transport: undefined, redact: undefined };
    Reflect.apply(createLogger, undefined, [
      { ...options, environment: {}, destination: lines },
    ]).info('x');
    expect(lines.take()).toEqual([{ level: 30, time: expect.any(Number), msg: 'x' }]);
  });
});

describe('the destination', () => {
  it('can be the second argument, as in pino', () => {
    const lines = new Lines();
    createLogger({ environment: {} }, lines).info('x');
    expect(lines.take()).toHaveLength(1);
  });

  it.each(['', '/no/such/folder/file.log'])(
    'is rejected if its path cannot be opened: %j',
    (path) => {
      expect(() => createLogger({}, path)).toThrow(
        expect.objectContaining({ code: 'MONEYTRAIL_OPTION_INVALID' }),
      );
    },
  );

  it('is rejected if passed twice, or in place of options', () => {
    const lines = new Lines();
    for (const given of [[{ destination: lines }, lines], [lines]]) {
      expect(() => Reflect.apply(createLogger, undefined, given)).toThrow(
        expect.objectContaining({ code: 'MONEYTRAIL_OPTION_INVALID' }),
      );
    }
  });
});

itOfReport('logger-options-of-pino', 'the options of the report work as in pino', (folder) => {
  const options = JSON.parse(readFileSync(`${folder}/options.json`, 'utf8'));
  const { transport, ...others } = options;
  const lines = new Lines();
  const logger = createLogger({ ...others, environment: {} }, lines);
  Reflect.get(logger, 'audit').call(logger, { a: 1 }, 'x');
  expect(lines.take()).toEqual([
    { level: 35, time: expect.any(Number), region: 'eu', payload: { a: 1 }, message: 'x' },
  ]);
});
