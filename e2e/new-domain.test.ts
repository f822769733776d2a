/** A new domain is one new file: recording, sending, storage, UI and documentation support it without another edit. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventRow, type MetricRow, type Store, startStore } from '@moneytrail/store';
import { chromium } from 'playwright-core';
import { freePort } from '../dev/process/free-port.ts';
import { type Program, run } from '../packages/telemetry/test/support/process.ts';
import { eventually } from './support/eventually.ts';

const FILE = new URL('new-domain/gym.ts', import.meta.url).pathname;
const SERVICE = new URL('new-domain/service.ts', import.meta.url).pathname;
const CLI = new URL('../packages/cli/src/main.ts', import.meta.url).pathname;
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const folder = mkdtempSync(join(tmpdir(), 'moneytrail-domain-'));
let store: Store;
let service: Program;
let metricsUrl: string;

beforeAll(async () => {
  store = await startStore({ port: 0, dataDir: folder });
  const port = await freePort();
  metricsUrl = `http://127.0.0.1:${port}/metrics`;
  service = run(['--import', '@moneytrail/telemetry/register', SERVICE, FILE], {
    OTEL_EXPORTER_OTLP_ENDPOINT: store.url,
    OTEL_SERVICE_NAME: 'gym',
    MONEYTRAIL_METRICS_PORT: String(port),
  });
  await service.seen(/ready/);
});

afterAll(async () => {
  service.end();
  await service.ended;
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function scraped(): Promise<string[]> {
  const lines = (await (await fetch(metricsUrl)).text()).split('\n');
  return lines.filter((line) => line.startsWith('gym_')).map((line) => line.replaceAll('"', ''));
}

function catalogueCommand(command: string): string {
  const args = ['--conditions=@moneytrail/source', CLI, 'catalogue', command, '--catalogue', FILE];
  return execFileSync(process.execPath, args, { encoding: 'utf8' });
}

describe('one new file', () => {
  it('is on /metrics, at zero before the first event', async () => {
    // The server of /metrics may listen a moment later than the service runs.
    const lines = await eventually(
      () => scraped().catch(() => []),
      (found) => found.length > 0,
    );
    expect(lines).toEqual([
      'gym_membership_starts_total{membership_plan=month} 0',
      'gym_membership_starts_total{membership_plan=year} 0',
      'gym_membership_tax_volume_total{money_currency=EUR} 0',
      'gym_membership_transitions_total{membership_status=started} 0',
      'gym_membership_transitions_total{membership_status=ended} 0',
    ]);
  });

  it('counts each event once, with both amounts and the lifecycle', async () => {
    service.write('go\n');
    await service.seen(/recorded/);
    const lines = await eventually(scraped, (found) => found.some((line) => line.endsWith(' 1')));
    expect(lines).toEqual(
      expect.arrayContaining([
        'gym_membership_starts_total{membership_plan=month} 1',
        'gym_membership_tax_volume_total{money_currency=EUR} 8.99',
        'gym_membership_transitions_total{membership_status=ended} 1',
      ]),
    );
  });

  it('is in the store: its events with amounts, and its metrics with descriptions', async () => {
    const events = await eventually(
      async (): Promise<EventRow[]> =>
        (await (await fetch(`${store.url}/api/events?name=gym.membership.started`)).json()).events,
      (rows) => rows.length > 0,
    );
    expect(events).toMatchObject([
      {
        name: 'gym.membership.started',
        amount_minor: '900',
        currency: 'EUR',
        attributes: { 'membership.plan': 'month', 'tax.amount_minor': 899 },
      },
    ]);
    const metrics = await eventually(
      async (): Promise<MetricRow[]> => (await fetch(`${store.url}/api/metrics`)).json(),
      (rows) => rows.some(({ name }) => name === 'gym.membership.starts'),
    );
    expect(metrics.find(({ name }) => name === 'gym.membership.starts')).toMatchObject({
      metric: 'gym_membership_starts_total',
      kind: 'counter',
      unit: '{membership}',
      description: 'Memberships that began.',
    });
  });

  it('is in the UI', async () => {
    if (!existsSync(CHROMIUM))
      throw new Error(`${CHROMIUM} is not there: install it, or set CHROMIUM`);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    const page = await browser.newPage();
    await page.goto(`${store.url}/events`);
    await page.getByText('gym.membership.started').first().waitFor();
    await page.goto(`${store.url}/metrics`);
    await page.getByText('gym.membership.starts').first().waitFor();
    await browser.close();
  });

  it('is checked and documented', () => {
    expect(catalogueCommand('check')).toBe(
      'gym: 3 attributes, 2 events, 3 instruments, 1 lifecycle; 5 series at zero\n',
    );
    const docs = catalogueCommand('docs');
    expect(docs).toContain('`gym_membership_starts_total`');
    expect(docs).toContain('| `membership.started` | A membership began. |');
    expect(docs).toContain('| `ended` | Ended. | yes | `membership.ended` |');
  });
});
