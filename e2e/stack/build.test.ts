import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkDisk } from '../../dev/stack/build.ts';
import { findGo } from '../../dev/stack/go.ts';
import { COMPONENTS, ensureBuilt, ensureTool } from '../../dev/stack/index.ts';
import { run } from '../support/run.ts';

const { MONEYTRAIL_CACHE, GOPROXY, GOMODCACHE, GOFLAGS } = process.env;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'moneytrail-build-'));
  // The smallest component represents the others.
  process.env['MONEYTRAIL_CACHE'] = folder;
});

afterEach(() => {
  const before = { MONEYTRAIL_CACHE, GOPROXY, GOMODCACHE, GOFLAGS };
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(folder, { recursive: true, force: true });
});

describe('a component', () => {
  it('is built once, outside of the repository', async () => {
    const program = await ensureTool('compose-config');
    expect(program.startsWith(join(folder, 'stack'))).toBe(true);
    writeFileSync(join(dirname(program), 'mark'), '');
    expect(await ensureTool('compose-config')).toBe(program);
    expect(existsSync(join(dirname(program), 'mark'))).toBe(true);
  });

  it.each([
    ['a program that was cut short', (program: string) => truncateSync(program, 1000)],
    ['a program that grew', (program: string) => appendFileSync(program, 'x')],
    ['no program', (program: string) => rmSync(program)],
    ['no last file', (program: string) => rmSync(join(dirname(program), 'built.json'))],
    [
      'a last file without sense',
      (program: string) => writeFileSync(join(dirname(program), 'built.json'), '{'),
    ],
  ])('with %s is built again', async (_, damage) => {
    const program = await ensureTool('compose-config');
    writeFileSync(join(dirname(program), 'mark'), '');
    damage(program);
    expect(await ensureTool('compose-config')).toBe(program);
    expect(existsSync(join(dirname(program), 'mark'))).toBe(false);
  });

  it('after a killed build is built, and the partial files are removed', async () => {
    const program = await ensureTool('compose-config');
    const built = dirname(program);
    rmSync(built, { recursive: true });
    mkdirSync(join(`${built}.half`, 'module'), { recursive: true });
    writeFileSync(join(`${built}.half`, 'compose-config'), 'half');
    expect(await ensureTool('compose-config')).toBe(program);
    const entries = readdirSync(dirname(built));
    expect(entries.sort()).toEqual([basename(built), `${basename(built)}.lock`]);
  });

  it('is built by one of two processes, and the other one waits', async () => {
    const outputs = await Promise.all([buildInProcess(), buildInProcess()]);
    const all = outputs.join('');
    expect(all.match(/built in/g)).toHaveLength(1);
    expect(all.match(/waiting/g) ?? []).toHaveLength(1);
  });

  it('is rejected with less disk space than it needs, and accepted with exactly as much', () => {
    const { needsMb } = COMPONENTS.components.loki;
    expect(() => checkDisk('loki', folder, needsMb)).not.toThrow();
    expect(() => checkDisk('loki', folder, needsMb - 1)).toThrow(
      `MONEYTRAIL_STACK_DISK_FULL: the build of loki needs ${needsMb} MB, and ${folder} has ${needsMb - 1} MB`,
    );
  });

  it.each([
    ['http://127.0.0.1:1', 'connection refused'],
    ['off', 'lookup disabled by GOPROXY=off'],
  ])('that cannot be fetched from GOPROXY=%s shows the error of Go', async (proxy, reason) => {
    process.env['GOPROXY'] = proxy;
    process.env['GOMODCACHE'] = join(folder, 'modules');
    const failure = await ensureTool('compose-config').catch((error: unknown) => String(error));
    expect(failure).toContain('MONEYTRAIL_STACK_BUILD_FAILED: compose-config was not built: ');
    expect(failure).toContain(reason);
    expect(failure).toContain('Modules could not be fetched: see `go env GOPROXY`.');
    const entries = readdirSync(join(folder, 'stack'));
    expect(entries.filter((entry) => !entry.endsWith('.lock'))).toEqual([]);
  });

  it('reports a folder that is not writable', async () => {
    process.env['MONEYTRAIL_CACHE'] = '/proc/cache';
    await expect(ensureBuilt(['loki'])).rejects.toThrow('MONEYTRAIL_STACK_DATA_UNUSABLE: /proc/');
  });
});

describe('Go', () => {
  it('is missing: the error lists the searched locations', () => {
    expect(() => findGo(folder, [join(folder, 'usual')])).toThrow(
      `MONEYTRAIL_STACK_GO_UNUSABLE: Go 1.26 or newer is needed to build the stack, found none in PATH, none in ${folder}/usual`,
    );
  });

  it.each(['go1.25.9', 'go1.9', 'go1.25rc1'])('%s is too old', (version) => {
    const go = fakeGo(version);
    expect(() => findGo(folder, [])).toThrow(
      `found ${version.slice(2).replace('rc1', '')} (${go})`,
    );
  });

  it.each(['go1.26', 'go1.26.0', 'go1.27rc1', 'go2.0'])('%s is accepted', (version) => {
    const go = fakeGo(version);
    expect(findGo(folder, [])).toBe(go);
  });

  it('is searched where installers place it, when the one in PATH is too old', () => {
    fakeGo('go1.21.0');
    const usual = mkdtempSync(join(folder, 'usual-'));
    const go = fakeGo('go1.26.1', usual);
    expect(findGo(folder, [usual])).toBe(go);
  });
});

function fakeGo(version: string, place = folder): string {
  const go = join(place, 'go');
  writeFileSync(go, `#!/bin/sh\necho "go version ${version} linux/amd64"\n`);
  chmodSync(go, 0o755);
  return go;
}

/** Builds in a separate process; returns its output. */
async function buildInProcess(): Promise<string> {
  const script = "await (await import('./dev/stack/index.ts')).ensureTool('compose-config')";
  const flags = ['--conditions=@moneytrail/source', '--input-type=module', '-e', script];
  const build = run(process.execPath, flags);
  await build.ended;
  return build.output();
}
