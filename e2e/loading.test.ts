/** Reported cases of services that are not loaded by Node.js itself: each folder runs unchanged. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { freePort } from '../dev/process/free-port.ts';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { itOfReport } from '../tools/reports.ts';
import { eventually } from './support/eventually.ts';
import { otherFolder, runCommand, start, toolFolder } from './support/loaded.ts';

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  for (const list of [receiver.spans, receiver.records]) list.length = 0;
});

afterAll(() => receiver.close());

/** The folder of a case, below installed packages. */
function placed(report: string, tools = toolFolder()): string {
  const folder = join(tools, 'report');
  rmSync(folder, { recursive: true, force: true });
  cpSync(report, folder, { recursive: true });
  return folder;
}

/** Starts a service, requests a path, ends it; returns its output. */
async function outputOf(
  folder: string,
  commands: readonly string[],
  path: string,
): Promise<string> {
  const port = await freePort();
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, PORT: String(port) };
  const service = start(folder, commands, variables);
  const ask = (): Promise<string> =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      (response) => response.text(),
      (error) => String(error),
    );
  expect(await eventually(ask, (text) => text === 'ok')).toBe('ok');
  service.kill('SIGTERM');
  return (await service.ended).stdout;
}

const payments = (): unknown[] => receiver.records.map((one) => attributeOf(one, 'payment.id'));

itOfReport(
  'bundled',
  'a bundle by esbuild starts and records, or names the option',
  async (report) => {
    const folder = placed(report);
    const lines = readFileSync(join(report, 'build.sh'), 'utf8').split('\n');
    const [commonJs = [], esModule = []] = lines
      .filter((line) => line.startsWith('npx'))
      .map((line) => line.split(' && '));
    await outputOf(folder, commonJs, '/');
    expect(payments()).toEqual(['pi_1']);
    expect(receiver.spans.map(({ name }) => name)).toEqual(['GET']);
    const { code, stderr } = await start(folder, esModule, {}).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/MONEYTRAIL_BUNDLE_WITHOUT_REQUIRE: .*--packages=external/);
  },
);

itOfReport(
  'jest-of-a-commonjs-service',
  'a test of a payment passes in Jest 29 and 30',
  (report) => {
    for (const tools of [toolFolder(), otherFolder()])
      runCommand(placed(report, tools), 'npx jest');
  },
);

itOfReport('old-runtimes', 'an old Node.js names the one it needs, and Bun runs', async () => {
  const folder = join(toolFolder(), 'report');
  const parameters = '@moneytrail/telemetry/register app.mjs';
  runCommand(toolFolder(), `mkdir -p report && echo 'console.log("it runs")' > report/app.mjs`);
  const node = await start(folder, [`../node_modules/node20/bin/node --import ${parameters}`], {})
    .ended;
  expect(node.stderr).toContain('MONEYTRAIL_NODE_TOO_OLD: this is Node.js 20.20.2');
  const bun = await start(folder, [`bun --preload ${parameters}`], {}).ended;
  expect(bun).toMatchObject({ code: 0, stdout: 'it runs\n' });
});

itOfReport(
  'tsx-in-a-commonjs-package',
  'tsx shows the route and the trace of a line',
  async (report) => {
    const stdout = await outputOf(placed(report), ['npx tsx app.ts'], '/pay/7');
    expect(receiver.spans.map(({ name }) => name)).toEqual(['GET /pay/:id']);
    expect(stdout).toContain(`"trace_id":"${receiver.spans[0]?.traceId}"`);
  },
);

itOfReport(
  'typescript-resolution-node',
  'TypeScript 5.9 and 7.0 find the types of every package',
  (report) => {
    for (const tools of [toolFolder(), otherFolder()])
      runCommand(placed(report, tools), 'npx tsc -p .');
  },
);
