/** Hostile requests, damaged rows and curious neighbours. */
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Drops, LogRow } from '@moneytrail/store';
import protobuf from 'protobufjs/light.js';
import {
  cleanUp,
  fact,
  get,
  line,
  logsRequest,
  post,
  postBytes,
  span,
  start,
  temporaryFolder,
  tracesRequest,
} from './support.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const PROTOBUF_TYPE = { 'content-type': 'application/x-protobuf' };

afterEach(cleanUp);

const payment = (id: number, minor = 100): unknown =>
  fact({ event: 'payment.succeeded', id: `pi_${id}`, minor, more: { 'payment.id': `pi_${id}` } });

describe('a request of many empty records', () => {
  /** A request of spans without content: two bytes each. */
  function emptySpans(count: number): Uint8Array {
    const spans = Buffer.alloc(count * 2, Buffer.from([0x12, 0x00]));
    const prefixed = (tag: number, body: Uint8Array): Uint8Array =>
      protobuf.Writer.create().uint32(tag).bytes(body).finish();
    return prefixed(0x0a, prefixed(0x12, spans));
  }

  it.each([
    [1000, 200],
    [399_998, 200],
    [399_999, 413],
    [9_000_000, 413],
  ])('in protobuf: %i are answered with %i', async (count, status) => {
    const store = await start();
    const headers = { ...PROTOBUF_TYPE, 'content-encoding': 'gzip' };
    const answer = await postBytes(store, '/v1/traces', gzipSync(emptySpans(count)), headers);
    expect(answer.status).toBe(status);
  });

  it.each([
    ['objects', '{},'],
    ['lists', '[],'],
    ['numbers', '0,'],
  ])('in JSON: millions of %s are answered with 413', async (_, member) => {
    const store = await start();
    const body = `{"resourceSpans":[${member.repeat(3_000_000)}0]}`;
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    const answer = await postBytes(store, '/v1/traces', gzipSync(body), headers);
    expect(answer.status).toBe(413);
    expect((await get<Drops>(store, '/api/drops')).json.drops).toMatchObject([
      { cause: 'too_large' },
    ]);
  });

  it('does not take braces in texts for objects', async () => {
    const store = await start();
    const answer = await post(store, '/v1/logs', logsRequest([line('{["\\'.repeat(300_000))]));
    expect(answer.status).toBe(200);
  });
});

describe('the files of a store', () => {
  const modes = (folder: string): string[] =>
    readdirSync(folder).map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8));

  it.each([0o000, 0o022, 0o077])('are for their owner alone under the mask %o', async (mask) => {
    const before = process.umask(mask);
    try {
      const dataDir = temporaryFolder();
      chmodSync(dataDir, 0o755);
      const store = await start({ dataDir });
      await post(store, '/v1/logs', logsRequest([payment(1)]));
      expect(new Set(modes(dataDir))).toEqual(new Set(['600']));
      await store.close();
      chmodSync(join(dataDir, 'moneytrail.db'), 0o644);
      const again = await start({ dataDir });
      await post(again, '/v1/logs', logsRequest([payment(2)]));
      expect(new Set(modes(dataDir))).toEqual(new Set(['600']));
    } finally {
      process.umask(before);
    }
  });
});

describe('a damaged row', () => {
  it.each([
    ['events', 'attributes', '{"cut'],
    ['events', 'attributes', '[]'],
    ['events', 'at_us', 9_223_372_036_854_775_000n],
    ['logs', 'attributes', 'null'],
    ['spans', 'events', '{"cut'],
    ['spans', 'links', '7'],
    ['spans', 'attributes', ''],
    ['spans', 'start_us', 9_223_372_036_854_775_000n],
  ])('of %s, with its %s as %s, spoils only itself', async (table, column, value) => {
    const dataDir = temporaryFolder();
    const store = await start({ dataDir });
    await post(store, '/v1/logs', logsRequest([payment(1), payment(2), line('one'), line('two')]));
    await post(store, '/v1/traces', tracesRequest([span(), span({ spanId: 'b'.repeat(16) })]));
    await store.close();
    const file = new DatabaseSync(join(dataDir, 'moneytrail.db'));
    file
      .prepare(`UPDATE ${table} SET ${column} = ? WHERE id = (SELECT min(id) FROM ${table})`)
      .run(value);
    file.close();
    const again = await start({ dataDir });
    const [{ trace_id: traceId } = { trace_id: '' }] = (await get<LogRow[]>(again, '/api/logs'))
      .json;
    const paths = [
      '/api/logs',
      '/api/payments',
      '/api/money',
      '/api/summary',
      '/api/payments/pi_2',
      `/api/traces/${traceId}`,
    ];
    const answers = await Promise.all(
      paths.map(async (path) => [path, (await get(again, path)).status]),
    );
    expect(answers.filter(([, status]) => Number(status) >= 500)).toEqual([]);
    expect((await get<LogRow[]>(again, '/api/logs?q=two')).json).toHaveLength(1);
  });
});
