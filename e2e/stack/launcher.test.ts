import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningStack, readState, startStack } from '../../dev/stack/index.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive } from '../support/run.ts';
import { newPlace, type Place } from './support/launcher.ts';

const READY = 'of traces are kept';
const NAMES = ['collector', 'prometheus', 'jaeger', 'loki', 'alertmanager'] as const;
const KEPT = /\d+ % of traces are kept/;

let place: Place;

beforeEach(() => {
  place = newPlace();
});

afterEach(() => place.close());

function startAlertmanager(env: Readonly<Record<string, string>> = {}): Promise<RunningStack> {
  const components = ['alertmanager'] as const;
  return startStack({ dataDir: place.dataDir, components, ports: 'free', env });
}

/** The rows of the table: name and address. */
function addressesIn(output: string): [string, string][] {
  return [...output.matchAll(/^(\w+) +(http:\S+) +\d+ ms/gm)].map(([, name = '', url = '']) => [
    name,
    url,
  ]);
}

/** The command lines with a folder, from Linux's process list. */
function processesOn(folder: string): string[] {
  return readdirSync('/proc').flatMap((entry) => {
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      return command.includes(folder) ? [command.replaceAll('\0', ' ')] : [];
    } catch {
      // Not a process, or one that has ended in the meantime.
      return [];
    }
  });
}

async function statusOf(url: string): Promise<number | undefined> {
  const response = await fetch(url).catch(() => undefined);
  await response?.arrayBuffer();
  return response?.status;
}

/** The processes that still run after all had time to end. */
function leftOf(pids: readonly number[]): Promise<number[]> {
  return eventually(
    () => pids.filter(isAlive),
    (alive) => alive.length === 0,
  );
}

describe('npm run stack', () => {
  it('prints every component with an address that responds, and how a service sends', async () => {
    const run = place.run([]);
    await run.printed(READY);
    const addresses = addressesIn(run.output());
    expect(addresses.map(([name]) => name)).toEqual(NAMES);
    expect(run.output()).toMatch(/^grafana +not started: .*\n.*grafana.com\/grafana\/download/m);
    expect(run.output()).toContain(
      `    export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:${place.otlpPort}\n`,
    );
    expect(run.output()).toContain('Moneytrail stack is ready\n');
    expect(run.output()).toContain('100 % of traces are kept');
    // Each of them responds, with a 404 if the page is missing.
    for (const [, url] of addresses) expect(await statusOf(url)).toBeGreaterThanOrEqual(200);
    // A separate Grafana finds them.
    const sources = join(place.dataDir, 'config/grafana/datasources/moneytrail.yaml');
    const own = [...readFileSync(sources, 'utf8').matchAll(/url: (http:\S+)/g)].map(
      ([, url]) => url,
    );
    expect(new Set(own)).toEqual(new Set(addresses.slice(1).map(([, url]) => url)));
    // Open connections of clients do not keep them running.
    const startMs = performance.now();
    await run.end('SIGTERM');
    expect(performance.now() - startMs).toBeLessThan(8_000);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops everything on %s within seconds and exits with 0',
    async (signal) => {
      const run = place.run([]);
      await run.printed(READY);
      const pids = Object.values(place.pids());
      expect(pids).toHaveLength(NAMES.length + 1);
      const startMs = performance.now();
      expect(await run.end(signal)).toEqual({ code: 0, signal: null });
      expect(performance.now() - startMs).toBeLessThan(10_000);
      expect(pids.filter(isAlive)).toEqual([]);
    },
  );

  it('leaves nothing behind when it is killed, not even hung processes', async () => {
    const run = place.run([]);
    await run.printed(READY);
    const { loki = Number.NaN, ...others } = place.pids();
    process.kill(loki, 'SIGSTOP');
    await run.end('SIGKILL');
    expect(await leftOf([loki, ...Object.values(others)])).toEqual([]);
  });

  it.each([
    ['SIGTERM', { code: 0, signal: null }],
    ['SIGKILL', { code: null, signal: 'SIGKILL' }],
  ] as const)('leaves nothing behind on %s while it starts', async (signal, end) => {
    const run = place.run([]);
    const log = join(place.dataDir, 'logs', 'alertmanager.log');
    await eventually(() => existsSync(log), Boolean);
    expect(await run.end(signal)).toEqual(end);
    expect(run.output()).not.toContain(READY);
    const left = () => processesOn(place.dataDir);
    expect(await eventually(left, (found) => found.length === 0)).toEqual([]);
  });

  it('reports at once which component has died, with the end of its log, and continues', async () => {
    const run = place.run([]);
    await run.printed(READY);
    const { jaeger = Number.NaN, ...others } = place.pids();
    process.kill(jaeger, 'SIGKILL');
    await run.printed('It is not started again');
    expect(run.output()).toMatch(
      /jaeger ended with SIGKILL\n( {4}.+\n)+ {4}\(from .+jaeger\.log\)/,
    );
    expect(Object.values(others).every(isAlive)).toBe(true);
    expect(await place.finish('--status')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^jaeger .* HAS ENDED/m),
    });
  });

  it('keeps its secrets between runs, readable by its owner only', async () => {
    const token = /Bearer%20(\S+)/;
    const tokens: unknown[] = [];
    for (let round = 0; round < 2; round += 1) {
      const run = place.run([]);
      await run.printed(READY);
      tokens.push(token.exec(run.output())?.[1]);
      await run.end('SIGTERM');
    }
    expect(tokens).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), tokens[0]]);
    expect(statSync(join(place.dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });
});

describe('npm run stack -- --detach', () => {
  it('returns when everything is ready; --status shows it, --stop leaves no process', async () => {
    const detached = await place.finish('--detach');
    expect(detached).toMatchObject({ code: 0, output: expect.stringMatching(KEPT) });
    expect(addressesIn(detached.output).map(([name]) => name)).toEqual(NAMES);
    const pids = Object.values(place.pids());
    expect(pids.every(isAlive)).toBe(true);
    const status = await place.finish('--status');
    expect(status.code).toBe(0);
    expect(addressesIn(status.output)).toEqual(addressesIn(detached.output));
    const sendsWith = /export OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer%20\S{32,}/;
    expect(status.output).toMatch(sendsWith);
    expect(sendsWith.exec(status.output)?.[0]).toBe(sendsWith.exec(detached.output)?.[0]);
    expect((await place.finish('--stop')).output).toMatch(/^stopped in \d/);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await place.finish('--status')).toMatchObject({ code: 1 });
    expect(await place.finish('--stop')).toMatchObject({
      code: 0,
      output: `no stack runs on ${place.dataDir}\n`,
    });
  });

  it('shows why it did not become ready', async () => {
    const run = place.run(['--detach'], { MONEYTRAIL_DECISION_WAIT: 'soon' });
    expect(await run.ended).toEqual({ code: 1, signal: null });
    expect(run.output()).toContain('MONEYTRAIL_STACK_COMPONENT_FAILED: collector ended with');
  });

  it('does not stop another process with the pid of a former launcher', async () => {
    const startedAt = '1';
    const launcher = { pid: process.pid, startedAt };
    const state = { launcher, components: [], env: {}, urls: {} };
    writeFileSync(join(place.dataDir, 'stack.json'), JSON.stringify(state));
    expect((await place.finish('--stop')).output).toContain('no stack runs');
    expect(readState(place.dataDir)).toBeUndefined();
  });
});

describe('npm run stack with an error', () => {
  it('reports a component that dies during its start, with its exit code and the end of its log', async () => {
    const run = place.run([], { MONEYTRAIL_DECISION_WAIT: 'soon' });
    expect(await run.ended).toEqual({ code: 1, signal: null });
    expect(run.output()).toContain('MONEYTRAIL_STACK_COMPONENT_FAILED: collector ended with');
    expect(run.output()).toMatch(
      /exit code 1\n( {4}.+\n)* {4}.*'decision_wait' time: invalid duration/,
    );
    expect(run.output()).toContain(join(place.dataDir, 'logs', 'collector.log'));
  });

  it('reports a data folder that a component cannot use', async () => {
    mkdirSync(join(place.dataDir, 'prometheus'));
    writeFileSync(join(place.dataDir, 'prometheus', 'wal'), 'not a folder');
    const run = place.run([]);
    expect(await run.ended).toEqual({ code: 1, signal: null });
    expect(run.output()).toContain('MONEYTRAIL_STACK_COMPONENT_FAILED: prometheus ended with');
  });

  it('reports the component of a port in use, and the variable for another one', async () => {
    const server = createServer().listen(place.otlpPort, '127.0.0.1');
    const run = place.run([]);
    expect(await run.ended).toEqual({ code: 1, signal: null });
    server.close();
    expect(run.output()).toContain(
      `MONEYTRAIL_STACK_PORT_IN_USE: collector cannot listen on port ${place.otlpPort}`,
    );
    expect(run.output()).toContain('MONEYTRAIL_OTLP_HTTP_PORT chooses another one');
  });

  it.each([
    ['MONEYTRAIL_PII_HMAC_KEY', 'abcdefgh'.repeat(4).slice(1)],
    ['MONEYTRAIL_PII_HMAC_KEY', 'k'.repeat(64)],
    ['MONEYTRAIL_INGEST_TOKEN', 'fifteen-letters'],
    ['MONEYTRAIL_INGEST_TOKEN', 'a token with spaces in it'],
  ])('rejects %s=%s', async (name, value) => {
    const run = place.run([], { [name]: value });
    expect(await run.ended).toEqual({ code: 1, signal: null });
    expect(run.output()).toContain(`MONEYTRAIL_STACK_SECRET_WEAK: ${name} must be at least`);
    expect(run.output()).not.toContain(value);
  });

  it.each([
    [['--verbose'], '--verbose", expected --data DIR, --profile NAME and one of'],
    [['--stop', '--detach'], 'MONEYTRAIL_STACK_OPTION'],
    [['--profile', 'none'], 'MONEYTRAIL_STACK_OPTION: --profile is "none", expected dev, '],
    [['--profile', '../single'], 'MONEYTRAIL_STACK_OPTION: --profile'],
  ])('rejects %j with a code', async (args, message) => {
    const { code, output } = await place.finish(...args);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(message) });
  });

  it.each(['0', '65536', 'http', '9093.5'])(
    'refuses MONEYTRAIL_ALERTMANAGER_PORT=%s',
    async (port) => {
      await expect(startAlertmanager({ MONEYTRAIL_ALERTMANAGER_PORT: port })).rejects.toThrow(
        `MONEYTRAIL_STACK_OPTION: MONEYTRAIL_ALERTMANAGER_PORT is "${port}"`,
      );
    },
  );

  it('accepts 65535 and secrets of the minimum length', async () => {
    const stack = await startAlertmanager({
      MONEYTRAIL_ALERTMANAGER_PORT: '65535',
      MONEYTRAIL_INGEST_TOKEN: 'sixteen-letters!',
      MONEYTRAIL_PII_HMAC_KEY: 'abcdefgh'.repeat(4),
    });
    expect(stack.urls.alertmanager).toBe('http://127.0.0.1:65535');
    expect(stack.env['OTEL_EXPORTER_OTLP_HEADERS']).toContain('sixteen-letters!');
    await stack.close();
  });
});

describe('a second stack on the same folder', () => {
  it('is rejected with the pid of the first, which continues', async () => {
    const run = place.run([]);
    await run.printed(READY);
    for (const args of [[], ['--detach']]) {
      expect(await place.finish(...args)).toMatchObject({
        code: 1,
        output: expect.stringContaining(
          `MONEYTRAIL_STACK_RUNNING: a stack already runs on ${place.dataDir} (process ${run.pid})`,
        ),
      });
    }
    expect(Object.values(place.pids()).every(isAlive)).toBe(true);
    await run.end('SIGTERM');
  });

  it('is also rejected within one process', async () => {
    const stack = await startAlertmanager();
    await expect(startAlertmanager()).rejects.toThrow('MONEYTRAIL_STACK_RUNNING');
    await stack.close();
    const again = await startAlertmanager();
    await again.close();
  });
});

describe('startStack', () => {
  it('starts a part of the stack, and restarts a component after its end', async () => {
    const stack = await startAlertmanager();
    const first = stack.pidOf('alertmanager');
    expect(stack.pidOf('loki')).toBeUndefined();
    await stack.signal('alertmanager', 'SIGKILL');
    expect(stack.pidOf('alertmanager')).toBeUndefined();
    await stack.start('alertmanager');
    expect(stack.pidOf('alertmanager')).not.toBe(first);
    expect(await statusOf(`${stack.urls.alertmanager}/-/ready`)).toBe(200);
    expect(stack.logOf('alertmanager').match(/Starting Alertmanager/g)).toHaveLength(2);
    await stack.close();
    await stack.close();
  });

  it('uses another port when a default port is in use', async () => {
    // In either case, it is in use now.
    const server = createServer()
      .once('error', () => undefined)
      .listen(9093, '127.0.0.1');
    const stack = await startStack({ dataDir: place.dataDir, components: ['alertmanager'] });
    expect(stack.urls.alertmanager).not.toBe('http://127.0.0.1:9093');
    expect(await statusOf(`${stack.urls.alertmanager}/-/ready`)).toBe(200);
    await stack.close();
    server.close();
  });

  it('listens on the loopback interface only', async () => {
    const stack = await startStack({ dataDir: place.dataDir, ports: 'free' });
    const pids = NAMES.map((name) => stack.pidOf(name) ?? 0);
    const addresses = pids.flatMap(listeningOf);
    expect(addresses.length).toBeGreaterThanOrEqual(NAMES.length);
    expect([...new Set(addresses)]).toEqual(['0100007F']);
    await stack.close();
  });
});

/** The addresses that a process listens on, in Linux's format. */
function listeningOf(pid: number): string[] {
  const inodes = new Set(socketsOf(pid));
  return ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode = '']) => state === '0A' && inodes.has(inode))
      .map(([, local = '']) => local.split(':')[0] ?? ''),
  );
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((fd) => {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(join(folder, fd)))?.[1] ?? [];
  });
}
