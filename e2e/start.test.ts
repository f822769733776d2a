import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../dev/process/free-port.ts';
import { eventually } from './support/eventually.ts';
import {
  launchPlatform,
  type Platform,
  type PlatformOptions,
  startPlatform,
} from './support/platform.ts';
import { isAlive } from './support/run.ts';

const open: { close: () => Promise<void> }[] = [];

async function start(options?: PlatformOptions): Promise<Platform> {
  const platform = await startPlatform(options);
  open.push(platform);
  return platform;
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function isResponding(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  return response?.ok === true;
}

describe('npm start', () => {
  it('responds at all addresses when it reports that it is ready, and names its data folder', async () => {
    const platform = await start();
    expect(platform.output()).toContain(platform.dataDir);
    for (const url of [
      `${platform.storeUrl}/`,
      `${platform.storeUrl}/api/money`,
      `${platform.appUrl}/livez`,
      `${platform.appUrl}/startupz`,
    ]) {
      expect([url, await eventually(() => isResponding(url), Boolean)]).toEqual([url, true]);
    }
  });

  it('generates complete traffic, from the checkout to the paid commission', async () => {
    const quickly = { PAYOUT_INTERVAL_MS: '500', COMMISSION_WAIT_MS: '0' };
    const platform = await start({ env: quickly });
    const sums = await eventually(
      async () => (await fetch(`${platform.storeUrl}/api/money`)).text(),
      (text) => text.includes('commission.paid'),
      60_000,
    );
    for (const event of [
      'payment.succeeded',
      'commission.approved',
      'payout.paid',
      'commission.paid',
    ]) {
      expect(sums).toContain(event);
    }
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('stops in order on %s and exits with %d', async (signal, code) => {
    const platform = await start();
    const pids = [...platform.members().values()];
    expect(pids).toHaveLength(5);
    expect(await platform.end(signal)).toEqual({ code, signal: null });
    const stopped = [...platform.output().matchAll(/s {2}(.+) stopped/g)].map(([, name]) => name);
    expect(stopped).toEqual(['driver', 'example', 'ledger', 'stand-in', 'store']);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('leaves nothing behind when it is killed', async () => {
    const platform = await start();
    const pids = [...platform.members().values()];
    await platform.end('SIGKILL');
    expect(
      await eventually(
        () => pids.filter(isAlive),
        (alive) => alive.length === 0,
      ),
    ).toEqual([]);
  });

  it('stops completely when one of its processes dies', async () => {
    const platform = await launchPlatform({ args: ['--no-traffic'] });
    open.push(platform);
    await platform.printed('Moneytrail is ready');
    const members = platform.members();
    process.kill(members.get('creator-platform/stand-in/main') ?? Number.NaN, 'SIGKILL');
    expect(await platform.ended).toEqual({ code: 1, signal: null });
    expect(platform.output()).toContain('MONEYTRAIL_START_PROCESS_FAILED: the stand-in');
    expect([...members.values()].filter(isAlive)).toEqual([]);
  });

  it('records nothing by itself with --no-traffic', async () => {
    const platform = await start({ args: ['--no-traffic'] });
    const up = await eventually(
      async () =>
        (
          await fetch(`${platform.storeUrl}/api/v1/query?query=moneytrail_health_check_state`)
        ).text(),
      (text) => text.includes('health_check'),
    );
    expect(up).toContain('health_check');
    const money = await fetch(`${platform.storeUrl}/api/money`);
    expect(await money.json()).toEqual([]);
    expect([...platform.members().keys()]).not.toContain('creator-platform/driver/main');
  });
});

describe('npm start --backend otlp', () => {
  it('starts no store and sends to the endpoint in the environment', async () => {
    const store = await start({ args: ['--no-traffic'] });
    const platform = await start({
      args: ['--backend', 'otlp', '--no-traffic'],
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: store.storeUrl },
    });
    expect([...platform.members().keys()]).not.toContain('packages/store/src/main');
    expect(platform.output()).toContain(`Moneytrail is ready: ${platform.appUrl}`);
    const services = async (): Promise<number> => {
      const url = `${store.storeUrl}/api/v1/query?query=moneytrail_telemetry_exported_total`;
      const body = await (await fetch(url)).text();
      return new Set([...body.matchAll(/"instance":"([^"]+)"/g)].map(([, id]) => id)).size;
    };
    expect(await eventually(services, (count) => count === 2)).toBe(2);
  });
});

describe('npm start with an error', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.close();
  });

  it('names the port that is in use, and starts nothing', async () => {
    const port = await freePort();
    server = createServer().listen(port, '127.0.0.1');
    const platform = await launchPlatform({ port });
    open.push(platform);
    expect(await platform.ended).toEqual({ code: 1, signal: null });
    expect(platform.output()).toContain(`MONEYTRAIL_START_PORT_IN_USE: port ${port} of --port`);
    expect(platform.members().size).toBe(0);
  });

  it.each([
    [['--prot', '1'], 'MONEYTRAIL_START_OPTION'],
    [['--data', '/dev/null/data'], 'MONEYTRAIL_START_DATA_UNUSABLE'],
    [['--data', '/proc/data'], 'MONEYTRAIL_START_DATA_UNUSABLE'],
  ])('rejects %j with a code', async (args, code) => {
    const platform = await launchPlatform({ args });
    open.push(platform);
    expect(await platform.ended).toEqual({ code: 1, signal: null });
    expect(platform.output()).toContain(code);
  });

  it.each([
    [{ OTEL_TRACES_SAMPLER: 'sometimes' }, 'MONEYTRAIL_OPTION_INVALID: OTEL_TRACES_SAMPLER'],
    [{ STRIPE_WEBHOOK_SECRET: 'two words' }, 'MONEYTRAIL_WEBHOOK_SECRET_INVALID: secret must be'],
    [{ DATABASE_URL: 'postgres://127.0.0.1:1/none' }, 'Error: connect ECONNREFUSED 127.0.0.1:1'],
  ])('shows the error of the example for %j', async (env, message) => {
    const platform = await launchPlatform({ env });
    open.push(platform);
    expect(await platform.ended).toEqual({ code: 1, signal: null });
    expect(platform.output()).toContain(message);
    expect(platform.output()).toContain('MONEYTRAIL_START_PROCESS_FAILED: the example');
  });
});

describe('npm start next to another one', () => {
  it('rejects the data folder of the other one, and leaves it unchanged', async () => {
    const first = await start({ args: ['--no-traffic'] });
    const second = await launchPlatform({ args: ['--data', first.dataDir] });
    open.push(second);
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.output()).toContain('MONEYTRAIL_STORE_DATA_IN_USE');
    expect(second.output()).toContain(
      'MONEYTRAIL_START_PROCESS_FAILED: the store ended with exit code 1',
    );
    expect(await isResponding(`${first.storeUrl}/api/money`)).toBe(true);
    expect(first.members().size).toBe(4);
  });
});

describe('npm', () => {
  it('passes on the options and returns the exit code', () => {
    const ran = spawnSync('npm', ['start', '--', '--port', '0'], { encoding: 'utf8' });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('MONEYTRAIL_START_OPTION: --port is "0"');
  });

  it('ends everything when it is killed', async () => {
    const platform = await start({ args: ['--no-traffic'], byNpm: true });
    // The launcher has the pipes of npm open, so this waits for both.
    await platform.end('SIGKILL');
    const urls = [platform.storeUrl, `${platform.appUrl}/livez`];
    const responding = (): Promise<boolean[]> => Promise.all(urls.map(isResponding));
    expect(await eventually(responding, (all) => !all.includes(true))).toEqual([false, false]);
  });
});
