/** What each way to start a service instruments: measured here, and compared with the table in the documentation. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../packages/telemetry/test/support/process.ts';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { startPostgres } from './support/postgres.ts';
import { sharedServer } from './support/shared-server.ts';

const FOLDER = new URL('./start-modes/', import.meta.url).pathname;
const REGISTER = '@moneytrail/telemetry/register';
const PAGE = readFileSync(new URL('../docs/start-modes.md', import.meta.url), 'utf8');

/** Start, language, and arguments of Node. */
const MODES: readonly (readonly [start: string, language: string, parameters: string[]])[] = [
  ['`-r`', 'CommonJS', ['-r', REGISTER, `${FOLDER}app.cjs`]],
  ['`-r`', 'ES modules', ['-r', REGISTER, `${FOLDER}app.mjs`]],
  ['`-r`', 'TypeScript', ['-r', REGISTER, `${FOLDER}app.ts`]],
  ['`--import`', 'CommonJS', ['--import', REGISTER, `${FOLDER}app.cjs`]],
  ['`--import`', 'ES modules', ['--import', REGISTER, `${FOLDER}app.mjs`]],
  ['`--import`', 'TypeScript', ['--import', REGISTER, `${FOLDER}app.ts`]],
  ['first line', 'CommonJS', [`${FOLDER}first.cjs`]],
  ['first line', 'ES modules', [`${FOLDER}first.mjs`]],
  ['first line', 'TypeScript', [`${FOLDER}first.ts`]],
  ['first line, then `await import()`', 'ES modules', [`${FOLDER}entry.mjs`]],
  ['first line, then `await import()`', 'TypeScript', [`${FOLDER}entry.ts`]],
];

const NO_EXPORT = {
  OTEL_TRACES_EXPORTER: 'none',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
};

let receiver: Receiver;
const databaseUrl = sharedServer(startPostgres);

beforeAll(async () => {
  receiver = await startReceiver();
});

afterAll(() => receiver.close());

/** Starts a service, sends it one request, ends it, and returns which of the four were instrumented. */
async function seenBy(parameters: string[]): Promise<Record<string, boolean>> {
  receiver.spans.length = 0;
  const service = run(parameters, {
    DATABASE_URL: databaseUrl(),
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  });
  const [, address] = await service.seen(/listening on (\S+)/);
  await fetch(`http://${address}/payments/7`);
  service.kill('SIGTERM');
  const { stdout } = await service.ended;
  const request = receiver.spans.find(({ kind, scope }) => kind === 2 && scope.endsWith('-http'));
  const query = receiver.spans.find(({ scope }) => scope.endsWith('-pg'));
  return {
    HTTP: request !== undefined,
    'Express route':
      request !== undefined && attributeOf(request, 'http.route') === '/payments/:id',
    pg: query !== undefined && query.traceId === request?.traceId,
    pino: request !== undefined && stdout.includes(`"trace_id":"${request.traceId}"`),
  };
}

/** A minimal package that is an ES module and has an instrumentation. */
const ES_PACKAGE = {
  'node_modules/openai/package.json':
    '{"name":"openai","version":"5.0.0","type":"module","exports":"./openai.js"}',
  'node_modules/openai/openai.js': `
    class Calls { create() {} }
    export class OpenAI { static Chat = { Completions: Calls }; static Embeddings = Calls; }
    OpenAI.OpenAI = OpenAI;
    export default OpenAI;`,
  'app.mjs': `
    import { OpenAI } from 'openai';
    console.log(Boolean(OpenAI.Chat.Completions.prototype.create.__wrapped));`,
  'entry.mjs': `
    import '${import.meta.resolve(REGISTER)}';
    await import('./app.mjs');`,
};

describe('a package that is an ES module', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'moneytrail-'));
    mkdirSync(join(folder, 'node_modules/openai'), { recursive: true });
    for (const [name, text] of Object.entries(ES_PACKAGE)) writeFileSync(join(folder, name), text);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['-r', ['-r', REGISTER, 'app.mjs']],
    ['--import', ['--import', REGISTER, 'app.mjs']],
    ['an entry of two lines', ['entry.mjs']],
  ])('is instrumented with %s', async (_, parameters) => {
    const entry = parameters.map((one) => (one.endsWith('.mjs') ? join(folder, one) : one));
    const { stdout, stderr } = await run(entry, NO_EXPORT).ended;
    expect({ stdout, stderr }).toEqual({ stdout: 'true\n', stderr: '' });
  });
});

it('a package is instrumented that a dependency has required before the service imports it', async () => {
  const parameters = ['--import', REGISTER, `${FOLDER}after-require.mjs`];
  const { stdout } = await run(parameters, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }).ended;
  expect(stdout).toMatch(/"trace_id":"[0-9a-f]{32}"/);
});

describe('the table of start modes', () => {
  it.each(MODES)('is right about %s with %s', async (start, language, parameters) => {
    const seen = Object.values(await seenBy(parameters)).map((one) => (one ? 'yes' : 'no'));
    expect(PAGE).toContain(`| ${start} | ${language} | ${seen.join(' | ')} |`);
  });

  it('has no rows without a test', () => {
    const rows = PAGE.split('\n').filter((line) => /\| (?:yes|no) \|$/.test(line));
    expect(rows).toHaveLength(MODES.length);
  });
});
