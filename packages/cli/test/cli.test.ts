/** Tests of the commands of the collector, and of wrong use. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CliIo, runCli } from '@moneytrail/cli';
import { PROFILE_NAMES, profile, toYaml } from '@moneytrail/collector';

let folder = '';
const at = (name: string): string => join(folder, name);
const deployed = (path: string): string =>
  new URL(`../../../deploy/${path}`, import.meta.url).pathname;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'moneytrail-cli-'));
  const single = toYaml(profile('single'));
  writeFileSync(at('good.yaml'), single);
  writeFileSync(
    at('bad.yaml'),
    single
      .replaceAll('num_consumers: 1', 'num_consumers: 4')
      .replace('fsync: true', 'fsync: false'),
  );
  writeFileSync(at('empty.yaml'), '');
  writeFileSync(at('binary.yaml'), Buffer.from([0xff, 0xfe, 0x00, 0xc0]));
  writeFileSync(at('large.yaml'), 'a: b\n'.repeat(1_000_000));
  writeFileSync(at('bom.yaml'), `\uFEFF${single}`);
  writeFileSync(at('crlf.yaml'), single.replaceAll('\n', '\r\n'));
  writeFileSync(at('weird name.yaml'), single);
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function run(args: readonly string[], io: Partial<CliIo> = {}): Promise<Run> {
  let out = '';
  let error = '';
  const code = await runCli(args, {
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    colours: false,
    env: {},
    ...io,
  });
  return { code, out, error };
}

const lint = (...args: string[]): Promise<Run> => run(['collector', 'lint', ...args]);
const print = (...args: string[]): Promise<Run> => run(['collector', 'print', ...args]);

describe('collector lint', () => {
  it.each(['good.yaml', 'bom.yaml', 'crlf.yaml', 'weird name.yaml'])(
    '%s is clean: exit code 0',
    async (name) => {
      expect(await lint(at(name))).toEqual({
        code: 0,
        out: `${at(name)}: nothing found\n`,
        error: '',
      });
    },
  );

  it('prints place, severity, code, message and fix of each finding: exit code 1', async () => {
    const { code, out } = await lint(at('bad.yaml'));
    const lines = readFileSync(at('bad.yaml'), 'utf8').split('\n');
    const [fsync, consumers] = ['fsync: false', 'num_consumers: 4'].map(
      (text) => lines.findIndex((line) => line.includes(text)) + 1,
    );
    expect(code).toBe(1);
    expect(out).toMatch(
      new RegExp(
        `bad.yaml:${fsync} +warning +queue-storage-without-fsync +\`file_storage/queue\` writes without fsync\n +at +extensions.file_storage/queue.fsync\n +fix +Set`,
      ),
    );
    expect(out).toMatch(
      new RegExp(`bad.yaml:${consumers} +error +queue-consumers +4 consumers share the queue`),
    );
    expect(out).toMatch(
      /\n3 errors, 1 warning in .*bad.yaml. What each code means: docs\/collector-lint.md\n$/,
    );
    expect(out).not.toContain('\u001B');
  });

  it('has colours if enabled', async () => {
    const { out } = await run(['collector', 'lint', at('bad.yaml')], { colours: true });
    expect(out).toContain('\u001B[31merror  \u001B[0m');
  });

  it('prints findings as JSON', async () => {
    const { code, out } = await lint('--json', at('bad.yaml'));
    expect(code).toBe(1);
    const { findings } = JSON.parse(out);
    expect(findings).toHaveLength(4);
    expect(findings[0]).toEqual({
      code: 'queue-storage-without-fsync',
      severity: 'warning',
      file: at('bad.yaml'),
      path: 'extensions.file_storage/queue.fsync',
      line: expect.any(Number),
      message: expect.any(String),
      fix: expect.any(String),
    });
    expect(JSON.parse((await lint('--json', at('good.yaml'))).out)).toEqual({ findings: [] });
  });

  it('also checks the files of the backends', async () => {
    const backends = [
      '--prometheus',
      deployed('prometheus/prometheus.yml'),
      '--loki',
      deployed('loki/loki.yaml'),
      '--jaeger',
      deployed('jaeger/jaeger.yaml'),
    ];
    expect(await lint(at('good.yaml'), ...backends)).toMatchObject({
      code: 0,
      out: '4 files: nothing found\n',
    });
    const { code, out } = await lint(at('good.yaml'), ...backends, '--outage', '7h');
    expect(code).toBe(1);
    expect(out).toMatch(
      /prometheus.yml:\d+ +error +prometheus-window +covers 6h, which is less than an outage of 7 h/,
    );
  });

  it('judges for the version of the Collector', async () => {
    const { code, out } = await lint('--for', '0.150', at('good.yaml'));
    expect(code).toBe(1);
    expect(out).toContain(
      '`span_metrics` exists since 0.151.0; in a Collector 0.150 it is named `spanmetrics`',
    );
  });

  it('substitutes environment variables on request, and does not print them', async () => {
    const env = { MONEYTRAIL_PII_HMAC_KEY: 'hunter2' };
    expect((await run(['collector', 'lint', at('good.yaml')], { env })).code).toBe(0);
    const { code, out } = await run(['collector', 'lint', '--env', at('good.yaml')], { env });
    expect(code).toBe(1);
    expect(out).toContain('hmac-key-weak');
    expect(out).not.toContain('hunter2');
  });

  it.each([
    ['empty.yaml', 'config-empty'],
    ['large.yaml', 'file-too-large'],
  ])('%s is a finding: %s', async (name, code) => {
    expect(await lint(at(name))).toMatchObject({ code: 1, out: expect.stringContaining(code) });
  });

  it.each([
    [['none.yaml'], 'does not exist'],
    [['good.yaml/none.yaml'], 'does not exist'],
    [['.'], 'is a directory'],
    [['binary.yaml'], 'is not UTF-8 text'],
    [['good.yaml', '--loki', 'none.yaml'], 'does not exist'],
  ])('%p cannot be read: exit code 2', async (args, reason) => {
    const { code, out, error } = await lint(
      ...args.map((arg) => (arg.startsWith('--') ? arg : at(arg))),
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('MONEYTRAIL_CLI_FILE_UNREADABLE');
    expect(error).toContain(reason);
  });
});

describe('collector print', () => {
  it.each(PROFILE_NAMES)('prints %s, which is clean', async (name) => {
    const { code, out } = await print('--profile', name);
    expect(code).toBe(0);
    writeFileSync(at('printed.yaml'), out);
    expect((await lint(at('printed.yaml'))).out).toMatch(/nothing found/);
  });

  it('has the names of the requested version', async () => {
    const { out } = await print('--profile', 'single', '--for', '0.150.0');
    expect(out).toContain('For the Collector 0.150.0.');
    expect(out).toContain('\n  spanmetrics:\n');
  });

  it.each([
    [['--profile', 'singel'], 'MONEYTRAIL_COLLECTOR_PROFILE_UNKNOWN', 'dev, single'],
    [['--profile', 'constructor'], 'MONEYTRAIL_COLLECTOR_PROFILE_UNKNOWN', 'dev, single'],
    [[], 'MONEYTRAIL_CLI_USAGE', '--profile is missing'],
    [
      ['--profile', 'single', '--for', '0.129.0'],
      'MONEYTRAIL_COLLECTOR_VERSION',
      '0.130.0 to 0.159.0',
    ],
    [
      ['--profile', 'single', '--for', '0.160.0'],
      'MONEYTRAIL_COLLECTOR_VERSION',
      '0.130.0 to 0.159.0',
    ],
    [
      ['--profile', 'single', '--for', '0.146.0'],
      'MONEYTRAIL_COLLECTOR_TOO_OLD',
      'requires 0.147.0',
    ],
    [['--profile', 'single', 'more'], 'MONEYTRAIL_CLI_USAGE', 'unexpected argument more'],
  ])('refuses %p: %s', async (args, code, text) => {
    const { error, ...rest } = await print(...args);
    expect(rest).toEqual({ code: 2, out: '' });
    expect(error).toContain(code);
    expect(error).toContain(text);
  });
});

describe('moneytrail', () => {
  it.each([[['--help']], [['-h']], [['collector', 'lint', '--help']]])(
    '%p shows the help',
    async (args) => {
      expect(await run(args)).toMatchObject({
        code: 0,
        out: expect.stringContaining('moneytrail collector lint FILE'),
      });
    },
  );

  it('without arguments shows the help, and is wrong use', async () => {
    expect(await run([])).toMatchObject({
      code: 2,
      out: expect.stringContaining('collector print'),
    });
  });

  it.each([
    [['collector']],
    [['colector', 'lint', 'x']],
    [['toString']],
    [['collector', 'lint']],
    [['collector', 'lint', '']],
    [['collector', 'lint', 'a', 'b']],
    [['collector', 'lint', '--jsn', 'a']],
    [['collector', 'lint', '--for']],
    [['collector', 'print', '--profile']],
  ])('%p is wrong use: exit code 2', async (args) => {
    expect(await run(args)).toMatchObject({
      code: 2,
      out: '',
      error: expect.stringContaining('MONEYTRAIL_CLI_USAGE'),
    });
  });

  it.each([
    [['--for', 'x'], 'MONEYTRAIL_COLLECTOR_VERSION'],
    [['--outage', 'x'], 'MONEYTRAIL_OPTION_INVALID'],
  ])('%p is an invalid value: exit code 2', async (args, code) => {
    expect(await lint(at('good.yaml'), ...args)).toMatchObject({
      code: 2,
      error: expect.stringContaining(code),
    });
  });
});
