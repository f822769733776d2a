import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const COPY = mkdtempSync(join(tmpdir(), 'moneytrail-counter-'));
const TABLE = 'packages/catalogue/src/domains/refunds.ts';

const NEW_COUNTER = `
  'refund.arrivals': {
    kind: 'counter',
    unit: '{refund}',
    help: 'Refunds that reached the payer, by currency.',
    attributes: ['money.currency'],
    on: { 'refund.succeeded': {} },
  },
`;

const TYPED_USE = `
import { count } from '@moneytrail/metrics';
count('refund.arrivals', { 'money.currency': 'EUR' });
// @ts-expect-error The counter has no such attribute.
count('refund.arrivals', { 'refund.reason': 'duplicate' });
`;

/** The repository's sources beside their installed dependencies, so that the edit touches no tracked file. */
function copyRepository(): void {
  for (const entry of ['packages', 'tools', 'docs', 'tsconfig.json', 'package.json']) {
    const keep = (path: string): boolean => !/\/(dist|node_modules)(\/|$)/.test(path);
    cpSync(join(ROOT, entry), join(COPY, entry), { recursive: true, filter: keep });
  }
  mkdirSync(join(COPY, 'node_modules/@moneytrail'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name === '@moneytrail') continue;
    symlinkSync(join(ROOT, 'node_modules', name), join(COPY, 'node_modules', name));
  }
  for (const name of readdirSync(join(COPY, 'packages'))) {
    symlinkSync(join(COPY, 'packages', name), join(COPY, 'node_modules/@moneytrail', name));
  }
}

function run(...args: string[]): { output: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: COPY,
    encoding: 'utf8',
  });
  return { output: stdout + stderr, status };
}

describe('a new counter is one entry in one file', () => {
  beforeAll(() => {
    copyRepository();
    const table = readFileSync(join(COPY, TABLE), 'utf8');
    writeFileSync(
      join(COPY, TABLE),
      table.replace('instruments: {', (head) => head + NEW_COUNTER),
    );
  });

  afterAll(() => rmSync(COPY, { recursive: true, force: true }));

  it('which the type of count() knows', () => {
    writeFileSync(join(COPY, 'packages/metrics/src/typed-use.ts'), TYPED_USE);
    const config = { extends: '../../tsconfig.json', files: ['src/typed-use.ts'] };
    const composite = { composite: false, noEmit: true, isolatedDeclarations: false };
    const path = 'packages/metrics/tsconfig.typed-use.json';
    const compilerOptions = {
      ...composite,
      rootDir: '..',
      declaration: false,
      declarationMap: false,
    };
    writeFileSync(join(COPY, path), JSON.stringify({ ...config, references: [], compilerOptions }));
    expect(run('node_modules/typescript/bin/tsc', '-p', path)).toEqual({ output: '', status: 0 });
  });

  it('which the documentation shows after npm run generate', () => {
    const { output } = run('--conditions=@moneytrail/source', 'tools/generate.ts');
    expect(output).toContain('wrote docs/metrics.md');
    const page = readFileSync(join(COPY, 'docs/metrics.md'), 'utf8');
    expect(page).toContain('`moneytrail_refund_arrivals_total`');
    expect(page).toContain('Refunds that reached the payer, by currency.');
  });

  it('which /metrics shows, at zero and counted', () => {
    cpSync(join(ROOT, 'e2e/new-counter/scrape.ts'), join(COPY, 'scrape.ts'));
    const { output } = run('--conditions=@moneytrail/source', 'scrape.ts');
    const lines = output
      .split('\n')
      .filter((line) => line.startsWith('moneytrail_refund_arrivals_total{'));
    const shown = lines.map((line) =>
      /money_currency="(\w+)".*\} (\d+)/.exec(line)?.slice(1, 3).join(' '),
    );
    expect(shown).toEqual(expect.arrayContaining(['EUR 1', 'USD 0']));
  });
});
