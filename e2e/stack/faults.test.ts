/** Faults around the Collector: backends that reject data, unauthorized senders, invalid secrets. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../dev/process/free-port.ts';
import { ensureBuilt } from '../../dev/stack/index.ts';
import { eventually } from '../support/eventually.ts';
import { entriesOf } from '../support/loki.ts';
import type { Balance, Count } from './support/balance.ts';
import { collectorCount } from './support/collector-metrics.ts';
import { newRun } from './support/ids.ts';
import { logRequest } from './support/otlp.ts';
import { type Front, type Manner, startFront } from './support/proxy.ts';
import { sendOnce, targetOf } from './support/sender.ts';
import { startTestStack, type TestStack, underLoad } from './support/test-stack.ts';

const TROUBLE_MS = 4_000;
let testStack: TestStack;
const proxies: Front[] = [];

beforeAll(async () => {
  const ports = {
    MONEYTRAIL_JAEGER_OTLP_PORT: String(await freePort()),
    MONEYTRAIL_PROMETHEUS_PORT: String(await freePort()),
    MONEYTRAIL_LOKI_PORT: String(await freePort()),
  };
  const endpointOf = async (port: string, path: string): Promise<string> => {
    const proxy = await startFront(`http://127.0.0.1:${port}`);
    proxies.push(proxy);
    return `${proxy.url}${path}`;
  };
  const env = {
    ...ports,
    MONEYTRAIL_JAEGER_ENDPOINT: await endpointOf(ports.MONEYTRAIL_JAEGER_OTLP_PORT, ''),
    MONEYTRAIL_PROMETHEUS_ENDPOINT: await endpointOf(
      ports.MONEYTRAIL_PROMETHEUS_PORT,
      '/api/v1/otlp',
    ),
    MONEYTRAIL_LOKI_ENDPOINT: await endpointOf(ports.MONEYTRAIL_LOKI_PORT, '/otlp'),
    // Its own series are rare, so that the counts are those of the load.
    MONEYTRAIL_SPAN_METRICS_INTERVAL: '600s',
  };
  testStack = await startTestStack(env);
});

afterAll(async () => {
  await testStack?.close();
  await Promise.all(proxies.map((proxy) => proxy.close()));
});

async function misbehave(manner: Manner): Promise<number[]> {
  for (const proxy of proxies) proxy.behave(manner);
  await wait(TROUBLE_MS);
  const kept = proxies.map((proxy) => proxy.kept());
  for (const proxy of proxies) proxy.behave('pass');
  return kept;
}

/** The items that the Collector reports as given up. */
async function droppedCounts(): Promise<Readonly<Record<string, number>>> {
  const { collectorMetrics } = testStack.stack.urls;
  const count = (what: string) =>
    collectorCount(collectorMetrics, `otelcol_exporter_send_failed_${what}`);
  return {
    spans: await count('spans'),
    events: await count('log_records'),
    samples: await count('metric_points'),
  };
}

function missingOf(balance: Balance): Readonly<Record<string, number | undefined>> {
  const of = (count: Count | undefined): number | undefined => count?.missing;
  return { spans: of(balance.spans), events: of(balance.events), samples: of(balance.samples) };
}

describe('while the backends', () => {
  it.each<[string, Manner]>([
    ['respond with 429', 429],
    ['respond with 503', 503],
    ['do not respond', 'hang'],
  ])('%s, everything is kept', async (what, manner) => {
    const dropped = await droppedCounts();
    let kept: readonly number[] = [];
    const outcome = await underLoad(testStack.stack, what.replaceAll(' ', '-'), async () => {
      kept = await misbehave(manner);
    });
    process.stdout.write(`${outcome.line}\n`);
    expect(kept.every((count) => count > 0)).toBe(true);
    expect(outcome.balance).toEqual(outcome.expected);
    expect(await droppedCounts()).toEqual(dropped);
  });

  // Both mean that a retry is useless; in OTLP that includes 500.
  it.each<[string, Manner]>([
    ['respond with 400', 400],
    ['respond with 500', 500],
  ])('%s, every rejected item is counted, with the reason', async (what, manner) => {
    const before = await droppedCounts();
    const outcome = await underLoad(
      testStack.stack,
      what.replaceAll(' ', '-'),
      async () => void (await misbehave(manner)),
      { settleMs: 3_000 },
    );
    const after = await droppedCounts();
    process.stdout.write(`${outcome.line}\n`);
    const counted = Object.entries(after).map(([name, count]) => [
      name,
      count - (before[name] ?? 0),
    ]);
    expect(Object.fromEntries(counted)).toEqual(missingOf(outcome.balance));
    expect(counted.every(([, count]) => Number(count) > 0)).toBe(true);
    const said = testStack.stack.logOf('collector');
    expect(said).toContain('Exporting failed. Dropping data.');
    expect(said).toContain(`HTTP Status Code ${manner}`);
  });
});

describe('a sender', () => {
  it.each([
    ['without a token', {}],
    ['with a wrong token', { Authorization: `Bearer ${'0'.repeat(64)}` }],
    ['with the token and another scheme', { Authorization: 'Basic' }],
    ['with half of the token', { Authorization: 'half' }],
  ])('%s gets a 401, and none of its data arrives', async (_, headers) => {
    const { env, urls } = testStack.stack;
    const right = targetOf(env);
    const [scheme, token = ''] = right.headers['Authorization']?.split(' ') ?? [];
    const given: Record<string, string> = { ...headers };
    if (given['Authorization'] === 'Basic') given['Authorization'] = `Basic ${token}`;
    if (given['Authorization'] === 'half') {
      given['Authorization'] = `${scheme} ${token.slice(0, token.length / 2)}`;
    }
    const name = newRun('sender');
    const body = (text: string) =>
      logRequest({ 'service.name': name }, [{ atMs: Date.now(), body: text }]);
    const refused = await sendOnce({ ...right, headers: given }, 'logs', body('refused'));
    expect(refused.status).toBe(401);
    // Later data has arrived, so it would have arrived as well.
    expect((await sendOnce(right, 'logs', body('accepted'))).status).toBe(200);
    const entries = await eventually(
      () => entriesOf(urls.loki, `{service_name="${name}"}`, Date.now() - 60_000, Date.now() + 1),
      (found) => found.length > 0,
    );
    expect(entries.map(({ line }) => line)).toEqual(['accepted']);
  });
});

describe('the Collector, started by hand, does not start', () => {
  const SECRET = '0123456789abcdef0123456789abcdef';
  const CONFIG = fileURLToPath(new URL('../../collector-config.yaml', import.meta.url));

  it.each([
    [
      'without the token',
      { MONEYTRAIL_PII_HMAC_KEY: SECRET },
      /MONEYTRAIL_INGEST_TOKEN[\s\S]*no bearer token/,
    ],
    [
      'without the key',
      { MONEYTRAIL_INGEST_TOKEN: SECRET },
      /MONEYTRAIL_PII_HMAC_KEY[\s\S]*hmac_key must not be empty/,
    ],
    [
      'with a key of 31 bytes',
      { MONEYTRAIL_INGEST_TOKEN: SECRET, MONEYTRAIL_PII_HMAC_KEY: SECRET.slice(1) },
      /hmac_key must be at least 32 bytes/,
    ],
  ])('%s, and reports which one is missing', async (_, env, message) => {
    const program = (await ensureBuilt(['collector'])).get('collector') ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'moneytrail-collector-'));
    const failure = await promisify(execFile)(program, [`--config=file:${CONFIG}`], {
      env: { ...env, MONEYTRAIL_QUEUE_DIR: folder },
      timeout: 20_000,
    }).catch((error: unknown) => error);
    rmSync(folder, { recursive: true });
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
  });
});
