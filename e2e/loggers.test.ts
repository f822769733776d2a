/** Loggers of services, with the packages that authors install. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Ended, runIn } from '../packages/telemetry/test/support/process.ts';
import { type Receiver, startReceiver } from '../packages/telemetry/test/support/receiver.ts';
import { itOfReport } from '../tools/reports.ts';
import { installed } from './support/installed.ts';

const SECRETS = ['ada@example.org', 'hunter2', 'sk_live_1', 'deadbeef', '90417326'];

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.records.length = 0;
  receiver.spans.length = 0;
});

afterAll(() => receiver.close());

/** All data that a program sent, as one string, without times and ids, which may contain any digits. */
function sent(): string {
  return JSON.stringify([receiver.records, receiver.spans], (name, value: unknown) =>
    /(?:UnixNano|Id)$/.test(name) ? '' : value,
  );
}

async function ended(folder: string, parameters: readonly string[]): Promise<Ended> {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  return await runIn(folder, ['node', ...parameters], env).ended;
}

function linesOf({ stdout }: Ended): Record<string, unknown>[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const PINO = { pino: '10.3.0', 'pino-http': '11.0.0' };
const NEST = '12.5.1';

const service = (): string =>
  installed({
    dependencies: {
      ...PINO,
      '@nestjs/common': NEST,
      '@nestjs/core': NEST,
      '@nestjs/platform-express': NEST,
      bunyan: '1.8.15',
      fastify: '5.12.8',
      knex: '3.3.0',
      log4js: '6.9.1',
      loglevel: '1.9.2',
      mysql: '2.18.1',
      mysql2: '3.24.6',
      'nestjs-pino': '5.2.1',
      pg: '8.23.1',
      'reflect-metadata': '0.2.2',
      rxjs: '7.8.2',
      winston: '3.19.0',
    },
    sources: 'e2e/services/loggers',
  });

describe('pino-http with a logger of ours logs each request', () => {
  it.each([
    ['whose pino is the one of the service', PINO],
    ['whose pino is another than that of pino-http', { ...PINO, pino: '9.14.0' }],
    ['whose service has a pino that is too old for both', { ...PINO, pino: '8.21.0' }],
  ])('%s', async (_, dependencies) => {
    const folder = installed({ dependencies, sources: 'e2e/services/loggers' });
    const result = await ended(folder, ['pino-http.mjs']);
    expect([result.stderr, result.code]).toEqual(['', 0]);
    const requests = linesOf(result).filter(({ msg }) => msg !== 'within the request');
    expect(requests).toEqual([
      expect.objectContaining({ level: 30, msg: 'request completed', reqId: 'id-of/' }),
      expect.objectContaining({ level: 40, msg: 'request completed', reqId: 'id-of/missing' }),
      expect.objectContaining({ level: 40, msg: 'request errored', reqId: 'id-of/broken' }),
    ]);
    for (const line of requests) {
      expect(line).toMatchObject({
        tenant: 't1',
        shop: { id: 7 },
        responseTime: expect.any(Number),
      });
      expect(line['req']).toMatchObject({ headers: { authorization: '[redacted]' } });
    }
    expect(requests[2]).toMatchObject({ err: { message: 'broken for [redacted]' } });
  });
});

itOfReport(
  'two-pinos',
  'the service of the report logs its requests and goes on',
  async (report) => {
    const folder = installed({ dependencies: { ...PINO, pino: '9.14.0' } });
    const source = readFileSync(join(report, 'app.mjs'), 'utf8');
    const ask = `
    const server = globalThis.server;
    await new Promise((done) => server.once('listening', done));
    for (const path of ['a', 'b']) await (await fetch(\`http://127.0.0.1:\${server.address().port}/\${path}\`)).text();
    server.close();`;
    const program = source.replace('createServer((', 'globalThis.server = createServer((') + ask;
    const result = await ended(folder, ['--input-type=module', '--eval', program]);
    expect([result.stderr, result.code]).toEqual(['', 0]);
    expect(linesOf(result).map(({ tenant }) => tenant)).toEqual(['t1', 't1']);
  },
);

describe('a framework with a logger of ours', () => {
  it.each([
    ['Fastify', 'fastify.mjs', { order: { seat: '[redacted]' } }],
    ['Nest', 'nest.cjs', { order: 'o_1', tenant: 't1', context: 'Orders' }],
  ])('logs its requests, redacted, in lines and over OTLP: %s', async (_, file, fields) => {
    const result = await ended(service(), ['--import', '@moneytrail/telemetry/register', file]);
    expect(result.code).toBe(0);
    const lines = linesOf(result);
    const inside = lines.find(({ msg }) => msg === 'within the request');
    expect(inside).toMatchObject({ ...fields, email: '[redacted]', trace_id: expect.any(String) });
    expect(lines.at(-1)).toMatchObject({ msg: expect.stringContaining('request') });
    const bodies = receiver.records.map(({ body }) => body?.stringValue);
    expect(bodies).toEqual(lines.map(({ msg }) => msg));
    for (const secret of SECRETS) expect(result.stdout + sent()).not.toContain(secret);
  });
});

describe('with other packages', () => {
  const say = async (file: string): Promise<Ended> => {
    const result = await ended(service(), [file]);
    for (const secret of SECRETS) expect(sent()).not.toContain(secret);
    return result;
  };

  it('lines of other loggers are not sent over OTLP', async () => {
    const { stdout, stderr } = await say('others.cjs');
    // Each of them has written its line.
    expect((stdout + stderr).match(/signed in/g)).toHaveLength(6);
    expect(receiver.records).toEqual([]);
  });

  it('queries are sent without their literals', async () => {
    await say('literals.cjs');
    const texts = receiver.spans.flatMap(({ attributes }) =>
      attributes.filter(({ key }) => /^db\.(statement|query\.text)$/.test(key)),
    );
    const selects = texts.map(({ value }) => value.stringValue ?? '');
    expect(selects.length).toBeGreaterThan(5);
    expect(selects.filter((text) => !/payers|select/i.test(text))).toEqual([]);
  });
});

itOfReport(
  'other-loggers-and-literals',
  'nothing of the report leaves in the clear',
  async (report) => {
    const program = `${readFileSync(join(report, 'app.cjs'), 'utf8')}
    setTimeout(() => process.kill(process.pid, 'SIGTERM'), 500);`;
    const result = await ended(service(), ['--eval', program]);
    expect(result.stdout).toContain('signed in');
    expect(receiver.spans.length).toBeGreaterThan(0);
    for (const secret of SECRETS) expect(sent()).not.toContain(secret);
  },
);
