/**
 * The boards against the types that Grafana publishes of the very version that we run (`@grafana/schema`): dashboard,
 * panels, variables, and the options of each kind of panel. The compiler refuses unknown fields as well as wrong values.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '@moneytrail/catalogue';
import { catalogueBoard, dashboard, MONEY, SERVICE } from '@moneytrail/dashboards';
import type { Board } from './schema/types.ts';

const TYPES = resolve('packages/dashboards/test/schema/types.ts');

/** What every board has at least. */
const SMALLEST: Board = { schemaVersion: 42, panels: [] };

/** Small things that Grafana would not understand. */
const FAULTS: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'a field of the board that does not exist': ['"schemaVersion"', '"schemaVersoin"'],
  'a version in words': ['"schemaVersion":42', '"schemaVersion":"42"'],
  'a field of a panel that does not exist': ['"gridPos"', '"gridPosition"'],
  'an option of a stat that does not exist': ['"graphMode"', '"grafMode"'],
  'a value that an option does not have': ['"graphMode":"none"', '"graphMode":"nothing"'],
  'a style of lines that does not exist': ['"showPoints":"auto"', '"showPoints":"often"'],
  'a kind of panel that we have not': ['"type":"timeseries"', '"type":"timeserie"'],
  'a kind of variable that does not exist': ['"type":"datasource"', '"type":"source"'],
  'an unknown mode of colours': ['"mode":"absolute"', '"mode":"absolut"'],
};

const folder = mkdtempSync(join(tmpdir(), 'moneytrail-schema-'));
const files = new Map<string, string>();
let output = '';

function write(name: string, json: string): void {
  const file = `${name.replaceAll(/\W+/g, '-')}.ts`;
  const head = `import type { Board } from ${JSON.stringify(TYPES)};`;
  writeFileSync(join(folder, file), `${head}\nexport const board: Board = ${json};\n`);
  files.set(name, file);
}

function linesAbout(name: string): string[] {
  return output.split('\n').filter((line) => line.startsWith(`${files.get(name)}(`));
}

beforeAll(async () => {
  const money = JSON.stringify(dashboard(MONEY));
  write('smallest', JSON.stringify(SMALLEST));
  write('money', money);
  write('service', JSON.stringify(dashboard(SERVICE)));
  const catalogue = catalogueBoard(CATALOGUE, { uid: 'moneytrail-catalogue', title: 'All' });
  write('catalogue', JSON.stringify(dashboard(catalogue)));
  for (const [name, [from, to]] of Object.entries(FAULTS)) write(name, money.replace(from, to));
  const checks = { strict: true, noEmit: true, skipLibCheck: true };
  const imports = { module: 'nodenext', types: [], allowImportingTsExtensions: true };
  const compilerOptions = { ...checks, ...imports };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  output = await compile();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function compile(): Promise<string> {
  const compiler = resolve('node_modules/typescript/bin/tsc');
  return new Promise((done) => {
    const args = [compiler, '-p', folder, '--pretty', 'false'];
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (_, text) => done(text));
  });
}

describe("Grafana's types", () => {
  it.each(['smallest', 'money', 'service', 'catalogue'])('accept the board %s', (name) => {
    expect(linesAbout(name)).toEqual([]);
  });

  it.each(Object.keys(FAULTS))('reject %s', (name) => {
    expect(linesAbout(name)).not.toEqual([]);
  });
});
