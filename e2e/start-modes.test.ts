/** Which ways of starting a service see what: measured here, and compared with the table in the documentation. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Program, run } from '../packages/telemetry/test/support/process.ts';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';

const FOLDER = new URL('./start-modes/', import.meta.url).pathname;
const REGISTER = '@moneytrail/telemetry/register';
const PAGE = readFileSync(new URL('../docs/start-modes.md', import.meta.url), 'utf8');

/** Start, language, and what Node is given. */
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

let receiver: Receiver;
let postgres: Program;
let databaseUrl: string;

beforeAll(async () => {
  receiver = await startReceiver();
  postgres = run([`${FOLDER}postgres.ts`]);
  const [, address] = await postgres.seen(/listening on (\S+)/);
  databaseUrl = `postgres://postgres:postgres@${address}/postgres`;
});

afterAll(async () => {
  postgres.kill('SIGKILL');
  await receiver.close();
});

/** Starts a service, sends it one request, ends it, and tells what of the four was seen. */
async function seenBy(parameters: string[]): Promise<Record<string, boolean>> {
  receiver.spans.length = 0;
  const service = run(parameters, {
    DATABASE_URL: databaseUrl,
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

describe('the table of start modes', () => {
  it.each(MODES)('tells the truth about %s with %s', async (start, language, parameters) => {
    const seen = Object.values(await seenBy(parameters)).map((one) => (one ? 'yes' : 'no'));
    expect(PAGE).toContain(`| ${start} | ${language} | ${seen.join(' | ')} |`);
  });

  it('has no row that is not tried here', () => {
    const rows = PAGE.split('\n').filter((line) => /\| (?:yes|no) \|$/.test(line));
    expect(rows).toHaveLength(MODES.length);
  });
});
