/** The servers that tests start: they are real, and none outlives its test. */
import { existsSync, mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { run } from '../packages/telemetry/test/support/process.ts';
import { eventually } from './support/eventually.ts';
import { startPostgres } from './support/postgres.ts';
import { startRedis } from './support/redis.ts';
import { programOf, type Server, startServer } from './support/server.ts';

const HOLDER = new URL('./servers/holder.ts', import.meta.url).pathname;

/** Connects like a service, keeps the connection open, and queries the version. */
const SERVERS = {
  PostgreSQL: {
    start: startPostgres,
    async version(url: string): Promise<string> {
      const client = new pg.Client(url).on('error', () => {});
      await client.connect();
      const { rows } = await client.query('SELECT version()');
      return rows[0]?.version;
    },
  },
  Redis: {
    start: startRedis,
    async version(url: string): Promise<string> {
      const client = new Redis(url, { retryStrategy: () => null }).on('error', () => {});
      return await client.info('server');
    },
  },
};

function listens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

describe.each(Object.entries(SERVERS))('%s', (_, { start, version }) => {
  it('is real, and is removed with its folder while a client is connected', async () => {
    const { url, folder, stop } = await start();
    expect(await version(url)).toMatch(/PostgreSQL \d|redis_version:\d/);
    await stop();
    expect([await listens(url), existsSync(folder)]).toEqual([false, false]);
  });
});

describe('a server', () => {
  it('is removed with its folder when the process that started it is killed', async () => {
    const holder = run([HOLDER]);
    const [, text = '[]'] = await holder.seen(/started (.*)\n/);
    const started: Pick<Server, 'url' | 'folder'>[] = JSON.parse(text);
    const left = async (): Promise<unknown[]> =>
      await Promise.all(
        started.map(async ({ url, folder }) => [await listens(url), existsSync(folder)]),
      );
    expect(await left()).toEqual([
      [true, true],
      [true, true],
    ]);
    holder.kill('SIGKILL');
    await holder.ended;
    const gone = [
      [false, false],
      [false, false],
    ];
    expect(await eventually(left, (seen) => isDeepStrictEqual(seen, gone))).toEqual(gone);
  });

  it('that ends by itself is reported with its output', async () => {
    const command = ['sh', '-c', 'echo no memory >&2'];
    const folder = mkdtempSync(join(tmpdir(), 'moneytrail-server-'));
    const started = startServer({ url: '', command, folder, ready: /ready/ });
    await expect(started).rejects.toThrow('has ended\nno memory');
    expect(existsSync(folder)).toBe(false);
  });

  it('that is not installed is reported, with the variable for its path', () => {
    expect(() => programOf('NO_SERVER', 'no-server')).toThrow(
      'no-server is not there: install it, or set NO_SERVER',
    );
  });
});
