/** Tests of transports, streams and files as destinations. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'moneytrail-logs-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program that creates a logger with `options`. `FILE` and `OTHER` are paths of files, `OWN` is the folder of the test transports. */
function runWith(options: string, body: string): SpawnSyncReturns<string> {
  const program = `
    import fs from 'node:fs';
    import { PassThrough, Writable } from 'node:stream';
    import { createLogger } from '@moneytrail/logs';
    import { pino } from 'pino';
    const FILE = ${JSON.stringify(join(folder, 'file.log'))};
    const OTHER = ${JSON.stringify(join(folder, 'other.log'))};
    const OWN = ${JSON.stringify(join(import.meta.dirname, 'transports/'))};
    const opened = (stream) => new Promise((done) => stream.once('ready', () => done(stream)));
    const logger = createLogger(${options});
    ${body}`;
  for (const name of ['file.log', 'other.log']) rmSync(join(folder, name), { force: true });
  return spawnSync(
    process.execPath,
    ['--conditions=@moneytrail/source', '--input-type=module', '--eval', program],
    { encoding: 'utf8', cwd: import.meta.dirname, timeout: 30_000 },
  );
}

function linesIn(name: string): Record<string, unknown>[] {
  const text = readFileSync(join(folder, name), 'utf8').trim();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
}

const SAY = `
  logger.info({ email: 'ada@example.org' }, 'first');
  logger.child({ a: 1 }).error('second');`;

const ENDS = [
  ['a normal end', ''],
  ['process.exit', 'process.exit(0);'],
];

describe('every line arrives, redacted, before the process ends', () => {
  it.each(
    [
      ['a transport', `{ transport: { target: 'pino/file', options: { destination: FILE } } }`],
      [
        'a transport as destination',
        `{ destination: pino.transport({ target: 'pino/file', options: { destination: FILE } }) }`,
      ],
      [
        'several transports',
        `{ transport: { targets: [{ target: 'pino/file', options: { destination: FILE } }] } }`,
      ],
      [
        'a destination that buffers',
        '{ destination: await opened(pino.destination({ dest: FILE, sync: false, minLength: 4096 })) }',
      ],
      ['the path of a file', '{}, FILE'],
    ].flatMap(([stream = '', options = '']) =>
      ENDS.map(([end = '', body = '']) => [stream, end, options, body] as const),
    ),
  )('with %s and %s', (_stream, _end, options, body) => {
    const { stderr, status } = runWith(options, SAY + body);
    expect([stderr, status]).toEqual(['', 0]);
    expect(linesIn('file.log')).toMatchObject([
      { level: 30, email: '[redacted]', msg: 'first' },
      { level: 50, a: 1, msg: 'second' },
    ]);
  });

  it.each([
    ['a file stream', '{ destination: fs.createWriteStream(FILE) }'],
    [
      'a transform stream',
      '{ destination: new PassThrough() };; Reflect.get(logger, pino.symbols.streamSym).pipe(fs.createWriteStream(FILE))',
    ],
    [
      'a slow stream',
      `{ destination: new Writable({ write(line, encoding, done) { setTimeout(() => done(fs.appendFileSync(FILE, line)), 20) } }) }`,
    ],
    [
      'standard output whose write was replaced',
      '(process.stdout.write = (line) => fs.appendFileSync(FILE, line) === undefined, {})',
    ],
  ])('of %s', (_, options) => {
    const [made = '', more = ''] = options.split(';; ');
    const { stderr, status } = runWith(made, more + SAY);
    expect([stderr, status]).toEqual(['', 0]);
    expect(linesIn('file.log').map(({ msg }) => msg)).toEqual(['first', 'second']);
  });
});

describe('the levels of streams work as in pino', () => {
  const target = (file: string, level: string): string =>
    `{ target: 'pino/file', level: '${level}', options: { destination: ${file} } }`;

  it.each([
    [
      'transports',
      `{ transport: { targets: [${target('FILE', 'info')}, ${target('OTHER', 'error')}] } }`,
    ],
    [
      'a multistream',
      `{ destination: pino.multistream([
          { level: 'info', stream: fs.createWriteStream(FILE) },
          { level: 'error', stream: pino.destination({ dest: OTHER, sync: true }) },
        ]) }`,
    ],
  ])('of %s', (_, options) => {
    const { stderr, status } = runWith(options, SAY);
    expect([stderr, status]).toEqual(['', 0]);
    expect(linesIn('file.log').map(({ msg }) => msg)).toEqual(['first', 'second']);
    expect(linesIn('other.log').map(({ msg }) => msg)).toEqual(['second']);
  });

  it('with a transport that gets custom levels', () => {
    const options = `{ customLevels: { audit: 35 }, transport: { targets: [${target('FILE', 'audit')}] } }`;
    const { stderr, status } = runWith(options, "logger.info('held'); logger.audit('written');");
    expect([stderr, status]).toEqual(['', 0]);
    expect(linesIn('file.log').map(({ msg }) => msg)).toEqual(['written']);
  });
});

it('a transport pipeline gets redacted lines', () => {
  const options = `{ transport: { pipeline: [{ target: OWN + 'upper.mjs' }, { target: 'pino/file', options: { destination: FILE } }] } }`;
  const { stderr, status } = runWith(options, SAY);
  expect([stderr, status]).toEqual(['', 0]);
  expect(linesIn('file.log').map(({ MSG, EMAIL }) => [MSG, EMAIL])).toEqual([
    ['FIRST', '[REDACTED]'],
    ['SECOND', undefined],
  ]);
});

describe('a failing destination is reported once, and the process continues', () => {
  it.each([
    [
      'a file stream that cannot be opened',
      "{ destination: fs.createWriteStream('/no/such/folder/file.log') }",
      'ENOENT',
    ],
    [
      'a stream that fails',
      "{ destination: new Writable({ write: (line, encoding, done) => done(new Error('disk full')) }) }",
      'disk full',
    ],
    [
      'a stream that throws',
      "{ destination: { write() { throw new Error('disk full'); } } }",
      'disk full',
    ],
    [
      'a stream of a multistream',
      "{ destination: pino.multistream([{ stream: fs.createWriteStream('/no/such/folder/file.log') }]) }",
      'ENOENT',
    ],
    ['a transport', "{ transport: { target: OWN + 'broken.mjs' } }", ''],
  ])('%s', (_, options, reason) => {
    const body = `${SAY}
      for (let turn = 0; turn < 5; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        logger.info('further');
      }
      console.log('continued');`;
    const { stdout, stderr, status } = runWith(options, body);
    expect([stdout, status]).toEqual(['continued\n', 0]);
    expect(stderr.match(/MONEYTRAIL_LOG_LINES_LOST\]/g)).toHaveLength(1);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain('ada@example.org');
  });
});
