/** The last delivery of an immediate end: it is a normal request, and a process ends even if the delivery fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../packages/telemetry/test/support/process.ts';
import { startReceiver } from '../packages/telemetry/test/support/receiver.ts';
import { LIMIT_MS, paymentsOf, programOf, REGISTER, sharedReceiver } from './support/ends.ts';
import { makeCertificates } from './variables/certificates.ts';

const receiver = sharedReceiver();
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'moneytrail-ends-'));
});

afterAll(() => rmSync(scratch, { recursive: true }));

describe('the last delivery of an immediate end', () => {
  it.each(['-r', '--import'])('works in the first tick of a program, with %s', async (flag) => {
    const program = run([flag, '@moneytrail/telemetry/register', programOf('first-turn.cjs')], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20first',
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'x-tenant=shop',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    });
    expect(await program.ended).toMatchObject({ code: 4, stderr: '' });
    expect(paymentsOf(receiver())).toEqual(['pi_last']);
    expect(receiver().headers['/v1/logs']).toMatchObject({
      authorization: 'Bearer first',
      'x-tenant': 'shop',
      'content-encoding': 'gzip',
    });
  });

  it('uses the certificates in the variables, for the server and for itself', async () => {
    const secure = await startReceiver({ ...makeCertificates(scratch), requestCert: true });
    const program = run([...REGISTER, programOf('first-turn.cjs')], {
      OTEL_EXPORTER_OTLP_ENDPOINT: secure.url,
      OTEL_EXPORTER_OTLP_CERTIFICATE: join(scratch, 'ca.pem'),
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: join(scratch, 'client.pem'),
      OTEL_EXPORTER_OTLP_CLIENT_KEY: join(scratch, 'client.key'),
    });
    expect(await program.ended).toMatchObject({ code: 4, stderr: '' });
    await secure.close();
    expect(secure.records).toHaveLength(1);
  });

  it.each([
    ['never responds', 'hang', [], 'the process ended first'],
    ['refuses', { status: 400 }, [], 'Bad Request'],
    [
      'cannot be sent to, because threads are forbidden',
      { status: 200 },
      ['--permission', '--allow-fs-read=*'],
      'Access to this API has been restricted',
    ],
  ] as const)(
    'to an endpoint that %s ends with a warning, and in time',
    async (_, behaviour, flags, reason) => {
      receiver().behaviour = behaviour;
      const startMs = performance.now();
      const { code, stderr } = await run([...flags, ...REGISTER, programOf('first-turn.cjs')], {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
      }).ended;
      expect(code).toBe(4);
      expect(stderr).toContain('MONEYTRAIL_TELEMETRY_DROPPED');
      expect(stderr).toContain(reason);
      expect(performance.now() - startMs).toBeLessThan(LIMIT_MS + 3000);
    },
  );
});
