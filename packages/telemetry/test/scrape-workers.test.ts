/** The processes behind one port of `/metrics`: what they leave each other, and what they do not take. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Program } from './support/process.ts';
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

describe('workers that share a port', () => {
  const folder = mkdtempSync(join(tmpdir(), 'moneytrail-scrape-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function startWorkers(
    workers: number,
    temporary: string,
  ): Promise<{ program: Program; port: number }> {
    const parameters = [CLUSTER, String(workers), ...REGISTER];
    const started = await start(parameters, { TMPDIR: temporary });
    for (let id = 1; id <= workers; id += 1)
      await started.program.seen(new RegExp(`ready ${id}\\n`));
    return started;
  }

  it('each leave what they counted last, also the one that has the port', async () => {
    const { program, port } = await startWorkers(3, folder);
    await expectPaid(port, 600);
    program.write('fork\n');
    await program.seen(/ready 4\n/);
    await expectPaid(port, 1000);
    for (const [index, id] of [1, 2, 3].entries()) {
      program.write(`spend ${id}\n`);
      await program.seen(new RegExp(`ended ${id} 0`));
      await expectPaid(port, 1001 + index);
    }
  });

  it('read no file that is half written, of another form, or of another service', async () => {
    const temporary = mkdtempSync(join(folder, 'hostile-'));
    const { program, port } = await startWorkers(2, temporary);
    await expectPaid(port, 300);
    const [own = ''] = readdirSync(temporary);
    const [shared = ''] = readdirSync(join(temporary, own));
    const path = (name: string): string => join(temporary, own, shared, name);
    const [known = ''] = readdirSync(path('')).filter((name) => name.endsWith('.seen'));
    const seen = readFileSync(path(known), 'utf8');
    const hostile = [
      seen.slice(0, seen.length / 2),
      'null',
      '{"from":{},"scopes":[]}',
      seen.replaceAll('"dataPoints":[', '"dataPoints":[null,'),
      seen.replaceAll('"counts":[', '"counts":{},"no":['),
      seen.replace(/"p?pid":\d+/g, '"pid":1'),
      seen.replace(/"pid":\d+,"ppid":\d+/, '"pid":1,"ppid":2'),
    ];
    for (const [index, content] of hostile.entries()) {
      for (const ending of ['seen', 'last']) writeFileSync(path(`a-0-${index}.${ending}`), content);
    }
    const silent = createServer().listen(path('b-0-0.sock'));
    writeFileSync(path('b-0-0.seen'), hostile.at(-1) ?? '');
    const raw = createServer((_, response) => response.end('{"from"')).listen(path('c-0-0.sock'));
    for (let round = 0; round < 3; round += 1) {
      await wait(1100);
      expect(paid(await scrape(port))).toBe(300);
    }
    for (const server of [silent, raw]) server.close();
    expect(readdirSync(path('')).filter((name) => name.startsWith('a-'))).toEqual([]);
    expect(program.printed()).not.toContain('ended');
  });

  it('say that they are not counted where they have no folder to share, and go on', async () => {
    const { program, port } = await startWorkers(2, join(folder, 'none', '\n'.repeat(300)));
    await program.warned(/a process: the folder that its processes share cannot be used/);
    const startMs = performance.now();
    await wait(3000);
    expect([100, 200]).toContain(paid(await scrape(port)));
    expect(performance.now() - startMs).toBeLessThan(6000);
    expect(program.printed()).not.toContain('ended');
  });

  it('say that they are not counted where the path of their socket is too long', async () => {
    const long = join(folder, 'x'.repeat(100));
    mkdirSync(long);
    const { program } = await startWorkers(2, long);
    await program.warned(/a process: listen EINVAL/);
  });
});
