/** Tests of configurations inside other files on the command line. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const page = readFileSync(new URL('../../../docs/collector-lint.md', import.meta.url), 'utf8');
const section = page.split('## A configuration inside another file\n')[1]?.split('\n## ')[0] ?? '';
const blockOf = (language: string): string =>
  section.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';
const recipes = blockOf('sh').trimEnd().split('\n');
const VALUES = 'config:\n  exporters:\n    file: {path: /var/log/otel}\n';

/** Programs that print what Kubernetes, Helm and Compose would. */
const STAND_INS = `
moneytrail() { ${process.execPath} --conditions=@moneytrail/source ${MAIN} "$@"; }
kubectl() { cat configmap.yaml; }
helm() { cat configmap.yaml; }
docker() { cat compose.yaml; }
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'moneytrail-inside-'));
  writeFileSync(join(folder, 'configmap.yaml'), blockOf('yaml'));
  writeFileSync(join(folder, 'values.yaml'), VALUES);
  writeFileSync(
    join(folder, 'compose.yaml'),
    `services: {}\nconfigs:\n  otel:\n    content: |\n      exporters: {file: {}}\n      service: {pipelines: {}}\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the docs of configurations inside other files', () => {
  it('shows what the command prints', () => {
    const { stdout } = spawnSync('sh', ['-c', `${STAND_INS}${recipes[0]}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stdout.replaceAll(/ +/g, ' ')).toContain(blockOf('text').replaceAll(/ +/g, ' '));
  });

  it.each(recipes)('has a recipe that finds the fault: %s', (recipe) => {
    const { status, stdout } = spawnSync('sh', ['-c', `${STAND_INS}${recipe}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/component-unused[\s\S]*at {3}exporters\.\w+, in \S/);
  });

  it('has recipes that are valid shell', () => {
    expect(recipes.length).toBeGreaterThan(3);
    expect(() => execFileSync('sh', ['-n', '-c', recipes.join('\n')])).not.toThrow();
  });
});

describe('the judged configurations', () => {
  const lint = (text: string): string => {
    writeFileSync(join(folder, 'judged.yaml'), text);
    const command = `${STAND_INS}moneytrail collector lint judged.yaml`;
    return spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }).stdout;
  };

  it.each([
    [
      'config: {exporters: {debug: }}',
      'Judged: config. Additions of the chart are not in the file',
    ],
    [
      'a: {config: {exporters: {nop: }}}\nalternateConfig: {exporters: {nop: }}',
      'Judged: a.config, alternateConfig. Additions',
    ],
    ['data: {a: "exporters: {nop: }\\nservice: {}"}', 'Judged: data.a.\n'],
  ])('are listed after the findings: %j', (text, line) => {
    expect(lint(text)).toContain(line);
  });

  it('are not listed if the file is the configuration', () => {
    expect(lint('exporters: {nop: }')).not.toContain('Judged');
  });
});

describe('findings as JSON', () => {
  it('contain the place of their configuration', () => {
    const { stdout } = spawnSync(
      'sh',
      ['-c', `${STAND_INS}moneytrail collector lint --json values.yaml`],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(JSON.parse(stdout).findings).toEqual([
      expect.objectContaining({ where: 'config', path: 'exporters.file', line: 3 }),
    ]);
  });
});
