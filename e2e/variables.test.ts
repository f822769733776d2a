/** Each supported variable of OpenTelemetry has its specified effect. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { variablesOf } from '../packages/telemetry/src/config/environment.ts';
import { OPTIONS, VARIABLES } from '../packages/telemetry/src/index.ts';
import { run, runIn } from '../packages/telemetry/test/support/process.ts';
import { type Receiver, startReceiver } from '../packages/telemetry/test/support/receiver.ts';
import { freePort } from '../packages/telemetry/test/support/scrape.ts';
import { itOfReport } from '../tools/reports.ts';
import { installed } from './support/installed.ts';
import { CASES, type Case, type Seen } from './variables/cases.ts';
import { makeCertificates } from './variables/certificates.ts';

const APP = new URL('./variables/app.ts', import.meta.url).pathname;
const REGISTER = ['--import', '@moneytrail/telemetry/register'];

/** The variable that needs an additional package. */
const CONTENT = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'moneytrail-variables-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

it('has a case for each variable of the table', () => {
  const honoured = [...Object.values(OPTIONS), ...VARIABLES].flatMap(variablesOf);
  const standard = honoured.filter((name) => name.startsWith('OTEL_'));
  expect([...Object.keys(CASES), CONTENT].sort()).toEqual([...standard].sort());
});

it.each(Object.entries(CASES))('%s is honoured', async (_, one) => {
  const receiver = await startReceiverFor(one);
  try {
    expect(one.sees(await serve(one, receiver))).toEqual(one.is);
  } finally {
    await receiver.close();
  }
});

it.each(['true', 'false'])(`${CONTENT}=%s is honoured`, async (value) => {
  const service = installed({ dependencies: { openai: '6.9.1' }, sources: 'e2e/services/openai' });
  const receiver = await startReceiver();
  const program = runIn(service, ['node', ...REGISTER, 'app.mjs'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    [CONTENT]: value,
  });
  expect(await program.ended).toMatchObject({ code: 0 });
  await receiver.close();
  const sent = JSON.stringify(receiver.records);
  expect([/the question/.test(sent), /the answer/.test(sent)]).toEqual(
    Array(2).fill(value === 'true'),
  );
});

itOfReport(
  'standard-variables',
  'the reported environment asks for a token, or has the effect that it has elsewhere',
  async (reported) => {
    const text = readFileSync(join(reported, 'environment'), 'utf8');
    const env = Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((pair) => pair.split('=')),
    );
    const refused = await run([...REGISTER, APP], env).ended;
    expect(refused.stderr).toContain('MONEYTRAIL_METRICS_TOKEN_MISSING');
    const receiver = await startReceiver();
    const port = String(await freePort());
    const program = run([...REGISTER, APP, '0', `http://127.0.0.1:${port}/metrics`], {
      ...env,
      OTEL_EXPORTER_PROMETHEUS_PORT: port,
      MONEYTRAIL_METRICS_TOKEN: 'token',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    });
    const { stdout } = await program.ended;
    await receiver.close();
    expect(stdout).toContain('scraped 401');
    expect(
      receiver.resource.map(({ key }) => key).filter((key) => /^(?:host|os|process)/.test(key)),
    ).toEqual([]);
  },
);

function startReceiverFor({ env }: Case): Promise<Receiver> {
  const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (endpoint === undefined) return startReceiver();
  return startReceiver({ ...makeCertificates(folder), requestCert: endpoint === '{guarded}' });
}

async function serve(one: Case, receiver: Receiver): Promise<Seen> {
  const { stayMs = 0, behaviour, scrapes = '' } = one;
  receiver.behaviour = behaviour ?? { status: 200 };
  const port = String(await freePort());
  const filled = (text: string): string =>
    text
      .replace(/\{(?:url|secure|guarded)\}/, receiver.url)
      .replace('{port}', port)
      .replace('{folder}', folder);
  const env = Object.entries(one.env).map(([name, value]) => [name, filled(value)]);
  const program = run([...REGISTER, APP, String(stayMs), filled(scrapes)], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    ...Object.fromEntries(env),
  });
  await program.seen(/working/);
  if (stayMs > 0) await new Promise((resolve) => setTimeout(resolve, stayMs / 2));
  const early = { spans: receiver.spans.length, records: receiver.records.length };
  return { ...(await program.ended), receiver, early };
}
