/** `/metrics` of services with hostile names, many scrapers, several processes and threads. */

import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../../../e2e/support/eventually.ts';
import { itOfReport } from '../../../tools/reports.ts';
import type { Program } from './support/process.ts';
import { type Scraped, seriesKey } from './support/prometheus-text.ts';
import {
  CLUSTER,
  endPrograms,
  expectPaid,
  paid,
  REGISTER,
  scrape,
  start,
} from './support/scrape.ts';

jest.setTimeout(40_000);

afterEach(endPrograms);

const THREADS = new URL('./fixtures/threads.ts', import.meta.url).pathname;

/** Labels of what the fixtures count themselves. */
const SERVICE = [['otel_scope_name', 'service']] as const;
const HOSTILE_NAMES = new URL('./fixtures/hostile-names.ts', import.meta.url).pathname;

describe('hostile names and values', () => {
  let scraped: Scraped;
  let service: Program;

  beforeAll(async () => {
    const { program, port } = await start([HOSTILE_NAMES]);
    service = program;
    await program.seen(/ready/);
    await expectPaid(port, 0);
    scraped = await scrape(port);
  });

  it('become text that parses, with each series once', () => {
    expect(scraped.series.size).toBeGreaterThan(500);
    expect(scraped.types.get('target_info')).toBe('gauge');
    expect(scraped.helps.get('labels')).toBe('a \\ b\nc');
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['twice_total', 'one', {}, 1],
    ['twice_total', 'two', {}, 6],
    ['hostile_count_total', 'one', { a_b: 'plain' }, 3],
    ['pair_sum', 'one', {}, 1],
    ['ns:level_a:b', 'names', {}, 1],
    ['level_foo__total', 'names', {}, 1],
    ['disk_tibibytes', 'names', {}, 1],
    ['flow_a_per_b_c', 'names', {}, 1],
    ['labels', 'names', { a_b: '0;1;2', c__d: 'x', key_e: 'y', job: 'j', le: 'own' }, 1],
    ['labels_seconds_count', 'names', { exported_le: 'own;too' }, 1],
    ['versions_total', 'lib', { otel_scope_version: '1' }, 1],
    ['versions_total', 'lib', { otel_scope_version: '2' }, 2],
    ['versions_total', 'lib', { otel_scope_version: '2', otel_scope_schema_url: 'https://a.b' }, 4],
    ['versions_total', 'lib', { exported_otel_scope_name: 'mine' }, 8],
    ['bounded_bucket', 'one', { le: '1' }, 1],
    ['bounded_bucket', 'two', { le: '2' }, 1],
    ['moneytrail_refunds_total', 'one', {}, 1],
  ])('%s of scope %s and %j is %d', (name, scope, labels, value) => {
    const all = Object.entries({ ...labels, otel_scope_name: scope });
    expect(scraped.series.get(seriesKey(name, all))).toBe(value);
  });

  it.each([
    [
      'equal',
      [
        ['1', 3],
        ['+Inf', 5],
      ],
    ],
    [
      'falling',
      [
        ['1', 3],
        ['5', 4],
        ['+Inf', 5],
      ],
    ],
    [
      'infinite',
      [
        ['0', 1],
        ['+Inf', 5],
      ],
    ],
    ['strange', 5],
  ])('the buckets of a histogram with %s bounds', (name, expected) => {
    const buckets = scraped.samples.filter((sample) => sample.name === `${name}_bucket`);
    const seen = buckets.map(({ labels, value }) => [labels.get('le'), value]);
    expect(typeof expected === 'number' ? seen.at(-1)?.[1] : seen).toEqual(expected);
  });

  it('show no secret that OTLP would not', () => {
    const masked = scraped.samples.find(({ name }) => name === 'masked');
    expect([...(masked?.labels.values() ?? [])].join()).toContain('shop.example');
    expect([...(masked?.labels.values() ?? [])].join()).not.toContain('secret');
  });

  it('are left out and reported where the type is another one', async () => {
    expect(scraped.types.get('hostile_count_total')).toBe('counter');
    expect(scraped.types.get('pair')).toBe('histogram');
    await service.warned(/dropped \(invalid\).*cannot be shown next to the metric that is/);
  });
});

itOfReport(
  'one-name-in-two-scopes',
  'two libraries with one name are distinguished',
  async (folder) => {
    const text = readFileSync(join(folder, 'app.mjs'), 'utf8');
    const { port, program } = await start([...REGISTER, '--input-type=module', '-e', text]);
    await expectPaid(port, 0);
    const read = async (): Promise<(number | undefined)[]> => {
      const { series } = await scrape(port);
      return ['lib-a', 'lib-b'].map((lib) =>
        series.get(seriesKey('cache_hits_total', [['otel_scope_name', lib]])),
      );
    };
    expect(await eventually(read, ([a, b]) => a !== undefined && b !== undefined)).toEqual([1, 5]);
    expect(program.printed()).toBe('');
  },
);

describe('one process', () => {
  async function startPlain(): Promise<number> {
    const { port } = await start([...REGISTER, CLUSTER, '0']);
    await expectPaid(port, 0);
    return port;
  }

  it('gives scrapers of the same moment one text', async () => {
    const port = await startPlain();
    const ask = async (): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`);
      return response.text();
    };
    const texts = await Promise.all(Array.from({ length: 200 }, ask));
    expect(new Set(texts).size).toBe(1);
  });

  it('serves only requests to a name of this machine if it has no token', async () => {
    const port = await startPlain();
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get({ port, path: '/metrics', headers: { host } }, (response) => {
          resolve(response.resume().statusCode);
        }).on('error', reject);
      });
    for (const host of ['127.0.0.1', 'localhost:9464', '[::1]', '127.5.0.9:1']) {
      expect([host, await statusFor(host)]).toEqual([host, 200]);
    }
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil', '0.0.0.0']) {
      expect([host, await statusFor(host)]).toEqual([host, 403]);
    }
  });

  it('continues to serve after invalid requests', async () => {
    const port = await startPlain();
    for (const text of ['\u0000\r\n\r\n', 'GET /metrics HTTP/1.1\r\n', 'GET / HTTP/9.9\r\n\r\n']) {
      connect(port, '127.0.0.1')
        .on('error', () => {})
        .write(text);
    }
    expect((await scrape(port)).series.size).toBeGreaterThan(50);
  });
});

describe.each<[string, string[], string[]]>([
  ['and its primary have the import', REGISTER, []],
  ['alone have the import', [], REGISTER],
])('a cluster whose workers %s', (_, ofAll, ofWorkers) => {
  async function startCluster(workers: number): Promise<{ program: Program; port: number }> {
    const started = await start([...ofAll, CLUSTER, String(workers), ...ofWorkers]);
    for (let id = 1; id <= workers; id += 1)
      await started.program.seen(new RegExp(`ready ${id}\\n`));
    return started;
  }

  it('shows the true total at every scrape, and no worker ends', async () => {
    const { program, port } = await startCluster(4);
    await expectPaid(port, 1000);
    for (let round = 0; round < 5; round += 1) {
      const { series } = await scrape(port);
      expect(paid({ series })).toBe(1000);
      const seen = (name: string) => series.get(seriesKey(name, SERVICE));
      expect(seen('orders_total')).toBe(1000);
      expect(seen('unknown_constructor')).toBeNaN();
      expect(seen('size_sum')).toBe(Number.POSITIVE_INFINITY);
      await wait(250);
    }
    expect(program.printed()).not.toContain('ended');
  });

  it('keeps what workers counted that have ended, been killed and been replaced', async () => {
    const { program, port } = await startCluster(3);
    await expectPaid(port, 600);
    program.write('exit 3\n');
    await program.seen(/ended 3 0/);
    await expectPaid(port, 600);
    program.write('kill 1\n');
    await program.seen(/ended 1 SIGKILL/);
    await expectPaid(port, 600);
    program.write('fork\n');
    await program.seen(/ready 4\n/);
    await expectPaid(port, 1000);
    expect((await scrape(port)).series.get(seriesKey('orders_total', SERVICE))).toBe(1000);
  });
});

it('threads are counted with their process, also those that have ended', async () => {
  const { program, port } = await start([...REGISTER, THREADS]);
  for (const id of [2, 3, 4]) await program.seen(new RegExp(`ready ${id}\\n`));
  await expectPaid(port, 1000);
});
