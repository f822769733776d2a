/** A service of Next.js, made of the files of docs/next.md. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { eventually } from './support/eventually.ts';
import { installed } from './support/installed.ts';
import { countedPayments, runCommand, start, writeFiles } from './support/loaded.ts';
import { recipesOf } from './support/pages.ts';

const { files = {}, commands = [] } = recipesOf('docs/next.md').get('Next.js') ?? {};

let receiver: Receiver;
let folder: string;

beforeAll(async () => {
  receiver = await startReceiver();
  const dependencies = { next: '16.4.6', react: '19.2.0', 'react-dom': '19.2.0' };
  folder = installed({ dependencies, sources: 'e2e/services/next' });
  writeFiles(folder, files);
  rmSync(join(folder, '.next'), { recursive: true, force: true });
  runCommand(folder, commands[0] ?? '');
}, 240_000);

beforeEach(() => {
  for (const list of [receiver.spans, receiver.records, receiver.metrics]) list.length = 0;
});

afterAll(() => receiver.close());

/** Starts the service, asks for each path, and waits until a payment has been counted. */
async function answersOf(
  place: string,
  command: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly statuses: number[]; readonly stderr: string }> {
  const service = start(place, [command], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_METRIC_EXPORT_INTERVAL: '300',
    NEXT_TELEMETRY_DISABLED: '1',
    HOSTNAME: '127.0.0.1',
    PORT: '0',
    ...variables,
  });
  const [, port] = await service.seen(/Local:\s+http:\/\/\S+:(\d+)/);
  const statuses = [];
  for (const path of ['edge', 'pay/pi_1']) {
    statuses.push((await fetch(`http://127.0.0.1:${port}/${path}`)).status);
  }
  await eventually(
    () => countedPayments(receiver) + receiver.spans.length,
    () => countedPayments(receiver) === 1 && receiver.spans.some(({ kind }) => kind === 2),
  );
  service.kill('SIGTERM');
  const { stderr } = await service.ended;
  return { statuses, stderr };
}

const seen = (): unknown => ({
  payments: receiver.records.map((record) => attributeOf(record, 'payment.id')),
  counted: countedPayments(receiver),
  routes: receiver.spans.some(({ name }) => name === 'GET /pay/[id]'),
});

const RIGHT = { payments: ['pi_1'], counted: 1, routes: true };

describe('the standalone service, away from the packages of the project', () => {
  let alone: string;

  beforeAll(() => {
    alone = `${folder}-standalone`;
    rmSync(alone, { recursive: true, force: true });
    cpSync(join(folder, '.next', 'standalone'), alone, { recursive: true, verbatimSymlinks: true });
  });

  afterAll(() => rmSync(alone, { recursive: true }));

  it('answers, counts each payment once, and names its routes', async () => {
    const { statuses, stderr } = await answersOf(alone, 'node server.js', {});
    expect({ statuses, seen: seen() }).toEqual({ statuses: [200, 200], seen: RIGHT });
    expect(stderr).not.toContain('MONEYTRAIL');
  });

  it('does the same without the loader of ES modules, which one line says', async () => {
    rmSync(join(alone, 'node_modules', 'import-in-the-middle', 'create-hook.mjs'));
    const { statuses, stderr } = await answersOf(alone, 'node server.js', {});
    expect({ statuses, seen: seen() }).toEqual({ statuses: [200, 200], seen: RIGHT });
    expect(stderr.match(/MONEYTRAIL_\w+/g)).toEqual(['MONEYTRAIL_PACKAGES_NOT_SEEN']);
  });
});

it('a service whose telemetry starts before Next.js does the same', async () => {
  const variables = { NODE_OPTIONS: '--import @moneytrail/telemetry/register' };
  const { statuses } = await answersOf(folder, 'npx next start', variables);
  expect({ statuses, seen: seen() }).toEqual({ statuses: [200, 200], seen: RIGHT });
});
