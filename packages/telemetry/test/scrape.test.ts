/** `/metrics` of services with hostile names, many scrapers, several processes and threads. */
import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
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

  it.each([
    ['twice_total', {}, 7],
    ['hostile_count_total', { a_b: 'plain' }, 3],
    ['pair_sum', {}, 1],
    ['ns:level_a:b', {}, 1],
    ['level_foo__total', {}, 1],
    ['disk_tibibytes', {}, 1],
    ['flow_a_per_b_c', {}, 1],
    ['labels', { a_b: '0;1;2', c__d: 'x', key_e: 'y', job: 'j', le: 'own' }, 1],
    ['labels_seconds_count', { exported_le: 'own;too' }, 1],
  ])('%s of %j is %d', (name, labels, value) => {
    const seen = scraped.series.get(seriesKey(name, Object.entries(labels))) ?? Number.NaN;
    expect(seen).toBe(value);
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
    await service.warned(/dropped \(invalid\).*cannot be shown beside the metric that is/);
  });
});

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

  it('answers only requests to a name of this machine where there is no token', async () => {
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

  it('goes on after requests of nonsense', async () => {
    const port = await startPlain();
    for (const text of ['\u0000\r\n\r\n', 'GET /metrics HTTP/1.1\r\n', 'GET / HTTP/9.9\r\n\r\n']) {
      connect(port, '127.0.0.1')
        .on('error', () => {})
        .write(text);
    }
    expect((await scrape(port)).series.size).toBeGreaterThan(100);
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
      expect(series.get('orders_total{}')).toBe(1000);
      expect(series.get('unknown_constructor{}')).toBeNaN();
      expect(series.get('size_sum{}')).toBe(Number.POSITIVE_INFINITY);
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
    expect((await scrape(port)).series.get('orders_total{}')).toBe(1000);
  });
});

it('threads are counted with their process, also those that have ended', async () => {
  const { program, port } = await start([...REGISTER, THREADS]);
  for (const id of [2, 3, 4]) await program.seen(new RegExp(`ready ${id}\\n`));
  await expectPaid(port, 1000);
});
