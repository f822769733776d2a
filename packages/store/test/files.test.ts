import { hash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { MoneytrailError } from '@moneytrail/catalogue';
import {
  type Drops,
  type LogRow,
  type MoneyRow,
  type PaymentPage,
  type PaymentTrail,
  type Store,
  type StoreOptions,
  type StoreStatus,
  startStore,
} from '@moneytrail/store';
import { writeOldFile } from './old-schemas.ts';
import {
  cleanUp,
  eventRecord,
  eventually,
  get,
  line,
  logsRequest,
  NOW_MS,
  post,
  span,
  start,
  temporaryFolder,
  tracesRequest,
} from './support.ts';

jest.setTimeout(30_000);

afterEach(cleanUp);

const money = async (store: Store): Promise<MoneyRow[]> =>
  (await get<MoneyRow[]>(store, '/api/money')).json;
const payment = (id: number): unknown =>
  eventRecord({
    event: 'payment.succeeded',
    id: `${id}`,
    minor: 1,
    more: { 'payment.id': `p${id}` },
  });

/** Expects a start to fail with the code, and the folder to be unchanged, to the byte and the mode. */
async function expectUntouched(dataDir: string, code: string): Promise<void> {
  for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), 0o644);
  const before = contents(dataDir);
  expect(await codeOf(startStore({ port: 0, dataDir }))).toBe(code);
  expect(contents(dataDir)).toEqual(before);
}

function contents(folder: string): unknown[] {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    return [name, statSync(path).mode, hash('sha1', readFileSync(path))];
  });
}

/** Overwrites the first page of a table or an index. */
function damage(path: string, name: string): void {
  const database = new DatabaseSync(path);
  const root = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name);
  const page = Number(root?.['rootpage'] ?? 1);
  database.close();
  const bytes = readFileSync(path);
  const start = (page - 1) * 4096;
  // The first page begins with the header of the file, which stays.
  bytes.fill(0xff, page === 1 ? 100 : start, start + 4096);
  writeFileSync(path, bytes);
}

async function codeOf(starting: Promise<Store>): Promise<string> {
  try {
    await (await starting).close();
    return 'started';
  } catch (error) {
    return error instanceof MoneytrailError ? error.code : String(error);
  }
}

describe('a store that starts', () => {
  it('again in the same folder has all data, and stores nothing twice', async () => {
    const dataDir = temporaryFolder();
    const first = await start({ dataDir });
    await post(first, '/v1/logs', logsRequest([payment(1), line('kept')]));
    await post(first, '/v1/traces', tracesRequest([span()]));
    const [before] = (await get<PaymentPage>(first, '/api/payments')).json.payments;
    await first.close();
    const second = await start({ dataDir });
    await post(second, '/v1/logs', logsRequest([payment(1), line('kept'), payment(2)]));
    expect(await money(second)).toMatchObject([{ count: 2, amount_minor: '2' }]);
    expect((await get<LogRow[]>(second, '/api/logs?q=kept')).json).toHaveLength(1);
    const after = (await get<PaymentPage>(second, '/api/payments')).json.payments;
    expect(after).toContainEqual(before);
    expect(Math.max(...after.map(({ revision }) => revision))).toBeGreaterThan(
      before?.revision ?? 0,
    );
  });

  it.each<[Partial<StoreOptions>, string]>([
    [{ port: -1 }, 'MONEYTRAIL_STORE_OPTION'],
    [{ port: 65_536 }, 'MONEYTRAIL_STORE_OPTION'],
    [{ port: 1.5 }, 'MONEYTRAIL_STORE_OPTION'],
    [{ host: '0.0.0.0' }, 'MONEYTRAIL_STORE_OPTION'],
    [{ host: '192.168.1.2' }, 'MONEYTRAIL_STORE_OPTION'],
    [{ dataDir: '' }, 'MONEYTRAIL_STORE_OPTION'],
    [{ maxBytes: 7_999_999 }, 'MONEYTRAIL_STORE_OPTION'],
    [{ maxBytes: 8_000_000 }, 'started'],
    [{ maxBytes: Number.NaN }, 'MONEYTRAIL_STORE_OPTION'],
    [{ keepMs: 999 }, 'MONEYTRAIL_STORE_OPTION'],
    [{ keepMs: 1000 }, 'started'],
    [{ host: 'localhost' }, 'started'],
    [{ dataDir: '/dev/null/data' }, 'MONEYTRAIL_STORE_DATA_UNREADABLE'],
    [{ dataDir: '/proc/data' }, 'MONEYTRAIL_STORE_DATA_UNREADABLE'],
  ])('with %j: %s', async (options, code) => {
    expect(await codeOf(startStore({ port: 0, dataDir: temporaryFolder(), ...options }))).toBe(
      code,
    );
  });

  it('on a port in use reports it, and does not lock its folder', async () => {
    const { port } = new URL((await start()).url);
    const dataDir = temporaryFolder();
    expect(await codeOf(startStore({ port: Number(port), dataDir }))).toBe(
      'MONEYTRAIL_STORE_PORT_IN_USE',
    );
    expect(await codeOf(startStore({ port: 0, dataDir }))).toBe('started');
  });

  it('can be closed twice, and responds to the requests in progress first', async () => {
    const store = await start();
    const sending = post(store, '/v1/logs', logsRequest([payment(1)]));
    const response = await sending;
    await Promise.all([store.close(), store.close()]);
    await store.close();
    expect(response.status).toBe(200);
    await expect(fetch(store.url)).rejects.toThrow();
  });
});

describe('the file of the store', () => {
  const file = (dataDir: string): string => join(dataDir, 'moneytrail.db');

  it.each([1, 2, 3, 4, 5])(
    'of schema version %i is brought up to date, and its payments are derived from the events',
    async (version) => {
      const dataDir = temporaryFolder();
      writeOldFile(dataDir, version);
      let store = await start({ dataDir });
      expect((await get<StoreStatus>(store, '/api/status')).json).toMatchObject({
        schema_version: 6,
        since_ms: 1_700_000_000_000,
      });
      await post(store, '/v1/logs', logsRequest([payment(1)]));
      for (const again of [false, true]) {
        if (again) {
          await store.close();
          store = await start({ dataDir });
        }
        expect(
          (await get<PaymentPage>(store, '/api/payments?q=pi_old')).json.payments,
        ).toMatchObject([
          {
            provider: 'stripe',
            id: 'pi_old',
            outcome: 'succeeded',
            amount_minor: '1999',
            commission_minor: '100',
            took_ms: 250,
            service: 'shop',
          },
        ]);
        expect(await money(store)).toMatchObject([
          { event: 'commission.created', count: 1 },
          { event: 'payment.succeeded', count: 2, amount_minor: '2000' },
        ]);
      }
    },
  );

  it('with the schema before providers shows an id at two providers as two payments', async () => {
    const dataDir = temporaryFolder();
    writeOldFile(dataDir, 5, twoProviders());
    const store = await start({ dataDir });
    const { payments } = (await get<PaymentPage>(store, '/api/payments')).json;
    expect(payments.map(({ provider, id, amount_minor }) => [provider, id, amount_minor])).toEqual([
      ['stripe', 'p1', '700'],
      ['braintree', 'p1', '500'],
    ]);
    const trail = (await get<PaymentTrail>(store, '/api/payments/braintree/p1')).json;
    expect(trail.events.map(({ id }) => id)).toEqual(['braintree/p1/payment.succeeded']);
    expect(trail.logs.map(({ body }) => body)).toEqual(['of braintree']);
    expect((await get<LogRow[]>(store, '/api/logs')).json.map(({ event }) => event)).toEqual([
      'moneytrail.payment.succeeded',
      'moneytrail.payment.succeeded',
      undefined,
    ]);
  });

  it('with the schema before providers keeps the objects of events with damaged attributes', async () => {
    const dataDir = temporaryFolder();
    writeOldFile(
      dataDir,
      5,
      `INSERT INTO resources VALUES (1, 'd', 'shop', '', '', '{}', 0);
      INSERT INTO events VALUES (1, 'x', 'payment.succeeded', 1, 1700000000000, 'INFO', '', 1, NULL, NULL, 'p1', NULL, NULL, 7, 'EUR', '{');`,
    );
    const store = await start({ dataDir });
    const { payments } = (await get<PaymentPage>(store, '/api/payments')).json;
    expect(payments).toMatchObject([{ provider: '_OTHER', id: 'p1', amount_minor: '7' }]);
  });

  it.each([
    [
      'a newer schema',
      'PRAGMA application_id = 1297371724; CREATE TABLE future (x); PRAGMA user_version = 7',
      'MONEYTRAIL_STORE_SCHEMA_NEWER',
    ],
    ['another program', 'CREATE TABLE cookies (x)', 'MONEYTRAIL_STORE_DATA_UNREADABLE'],
    [
      'another program with its own id',
      'PRAGMA application_id = 7; CREATE TABLE cookies (x)',
      'MONEYTRAIL_STORE_DATA_UNREADABLE',
    ],
  ])('of %s is rejected and left unchanged', async (_, sql, code) => {
    const dataDir = temporaryFolder();
    const other = new DatabaseSync(file(dataDir));
    other.exec(sql);
    other.close();
    await expectUntouched(dataDir, code);
  });

  it('of another program that was killed while writing is rejected and left unchanged', async () => {
    const folder = temporaryFolder();
    const dataDir = temporaryFolder();
    const other = new DatabaseSync(file(folder));
    other.exec(
      'PRAGMA journal_mode = WAL; CREATE TABLE cookies (x); INSERT INTO cookies VALUES (1)',
    );
    // A copy of an open file is what a killed process leaves behind: most of it is in the write-ahead log.
    cpSync(folder, dataDir, { recursive: true });
    other.close();
    rmSync(`${file(dataDir)}-shm`);
    await expectUntouched(dataDir, 'MONEYTRAIL_STORE_DATA_UNREADABLE');
  });

  it('that is not a database is rejected and left unchanged', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(
      file(dataDir),
      'not a database at all, but long enough to be read as one'.repeat(100),
    );
    await expectUntouched(dataDir, 'MONEYTRAIL_STORE_DATA_UNREADABLE');
  });

  it.each(['sqlite_schema', 'events', 'logs', 'spans', 'payments_revision'])(
    'that is ours and damaged in %s is rejected and left unchanged',
    async (table) => {
      const dataDir = temporaryFolder();
      const store = await start({ dataDir });
      await post(store, '/v1/logs', logsRequest([payment(1)]));
      await store.close();
      damage(file(dataDir), table);
      await expectUntouched(dataDir, 'MONEYTRAIL_STORE_DATA_UNREADABLE');
    },
  );

  it('that is damaged in an unread part reports it when it is written to', async () => {
    const dataDir = temporaryFolder();
    const first = await start({ dataDir });
    await post(first, '/v1/logs', logsRequest([payment(1), line('kept')]));
    await first.close();
    damage(file(dataDir), 'events_time');
    const store = await start({ dataDir });
    const response = await post(store, '/v1/logs', logsRequest([payment(2)]));
    expect([response.status, response.json.message]).toEqual([
      500,
      expect.stringMatching(/^store_damaged: /),
    ]);
    expect((await get<Drops>(store, '/api/drops')).json.drops).toMatchObject([
      { signal: 'logs', cause: 'store_damaged', count: 1 },
    ]);
    expect(await money(store)).toMatchObject([{ count: 1 }]);
  });

  it('that is open in another store is rejected', async () => {
    const dataDir = temporaryFolder();
    await start({ dataDir });
    expect(await codeOf(startStore({ port: 0, dataDir }))).toBe('MONEYTRAIL_STORE_DATA_IN_USE');
  });
});

/** Rows of schema version 5: one id at two providers, which that version showed as one payment. */
function twoProviders(): string {
  const event = (id: number, provider: string, minor: number): string =>
    `INSERT INTO events VALUES (${id}, '${provider}/p1/payment.succeeded', 'payment.succeeded', 1700000000${id}00000, 1700000000000,
      'INFO', '', 1, NULL, NULL, 'p1', NULL, NULL, ${minor}, 'EUR', '{"payment.id":"p1","payment.provider":"${provider}"}');`;
  return `INSERT INTO resources VALUES (1, 'd', 'shop', '', '', '{}', 0);${event(1, 'braintree', 500)}${event(2, 'stripe', 700)}
    INSERT INTO logs VALUES (3, 'l', 1700000000900000, 1700000000000, 'INFO', 'of braintree', NULL, 1, NULL, NULL, 'p1',
      '{"payment.id":"p1","payment.provider":"braintree"}');
    INSERT INTO payments VALUES ('p1', 'stripe', 'succeeded', NULL, 700, 'EUR', NULL, NULL, NULL, NULL, '0', 0, 1, 1700000000200,
      'own', NULL, NULL, 'shop', 1, 1700000000000);`;
}

describe('retention', () => {
  const folderBytes = (dataDir: string): number =>
    readdirSync(dataDir).reduce((sum, name) => sum + statSync(join(dataDir, name)).size, 0);

  it('keeps the files below the limit, deletes lines before money, and counts deletions', async () => {
    const dataDir = temporaryFolder();
    const maxBytes = 8_000_000;
    const store = await start({ dataDir, maxBytes });
    const padding = 'x'.repeat(2000);
    for (let batch = 0; batch < 30; batch += 1) {
      const lines = Array.from({ length: 200 }, (_, index) => line(`${batch}/${index} ${padding}`));
      expect((await post(store, '/v1/logs', logsRequest([...lines, payment(batch)]))).status).toBe(
        200,
      );
      expect(folderBytes(dataDir)).toBeLessThanOrEqual(maxBytes);
    }
    expect(await money(store)).toMatchObject([{ count: 30 }]);
    const { drops } = (await get<Drops>(store, '/api/drops')).json;
    expect(drops).toEqual([
      expect.objectContaining({ signal: 'logs', cause: 'retention', by: 'store' }),
    ]);
    const kept = (await get<LogRow[]>(store, '/api/logs?limit=5000')).json.filter(
      ({ event }) => event === undefined,
    );
    expect(kept.length + (drops[0]?.count ?? 0)).toBe(6000);
    expect(kept.at(-1)?.body).toContain('29/199');
  });

  it('depends on the arrival, not on the time of occurrence', async () => {
    const dataDir = temporaryFolder();
    const longAgo = eventRecord({
      event: 'payment.succeeded',
      id: 'old',
      minor: 1,
      atMs: NOW_MS - 10 * 365 * 86_400_000,
      more: { 'payment.id': 'p' },
    });
    let store = await start({ dataDir, keepMs: 1000 });
    await post(store, '/v1/logs', logsRequest([longAgo, line('x')]));
    expect(await money(store)).toHaveLength(1);
    const remaining = await eventually(
      async () => {
        await store.close();
        store = await start({ dataDir, keepMs: 1000 });
        return money(store);
      },
      (rows) => rows.length === 0,
    );
    expect(remaining).toEqual([]);
    expect((await get<PaymentPage>(store, '/api/payments')).json.payments).toEqual([]);
    const { drops } = (await get<Drops>(store, '/api/drops')).json;
    expect(drops.map(({ signal, cause, count }) => [signal, cause, count]).sort()).toEqual([
      ['events', 'retention', 1],
      ['logs', 'retention', 1],
    ]);
  });
});
