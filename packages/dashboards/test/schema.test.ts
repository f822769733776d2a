/**
 * The boards against the types that Grafana publishes of the very version that we run (`@grafana/schema`): dashboard,
 * panels, variables, and the options of each kind of panel. The compiler refuses unknown fields as well as wrong values.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dashboard, MONEY, SERVICE } from '@moneytrail/dashboards';

/** Modules of the schema with the options and the field options of each kind of panel. */
const KINDS = {
  stat: { module: 'stat/panelcfg/x/StatPanelCfg_types.gen', custom: 'object' },
  timeseries: {
    module: 'timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen',
    custom: 'Timeseries.FieldConfig',
  },
  table: { module: 'table/panelcfg/x/TablePanelCfg_types.gen', custom: 'Table.FieldConfig' },
  logs: { module: 'logs/panelcfg/x/LogsPanelCfg_types.gen', custom: 'object' },
} as const;

const NAMES = { stat: 'Stat', timeseries: 'Timeseries', table: 'Table', logs: 'Logs' } as const;

/** JSON has the values of enumerations, not their names. */
const HEAD = `
import type { Dashboard, Panel, RowPanel } from '@grafana/schema';
${Object.entries(KINDS)
  .map(
    ([kind, { module }]) =>
      `import type * as ${NAMES[kind as keyof typeof NAMES]} from '@grafana/schema/dist/esm/raw/composable/${module}';`,
  )
  .join('\n')}
type Json<T> = unknown extends T ? T
  : T extends string ? \`\${T}\`
  : T extends number | boolean | null | undefined ? T
  : T extends readonly (infer Item)[] ? Json<Item>[]
  : { [Key in keyof T]: Json<T[Key]> };
type Of<Type extends string, Options, Custom> =
  Omit<Panel<Options, Custom>, 'type' | 'options'> & { type: Type; options: Options };
type AnyPanel =
${Object.entries(KINDS)
  .map(
    ([kind, { custom }]) =>
      `  | Of<'${kind}', ${NAMES[kind as keyof typeof NAMES]}.Options, ${custom}>`,
  )
  .join('\n')};
type Board = Omit<Dashboard, 'panels'> & { panels: (AnyPanel | RowPanel)[] };
`;

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
  writeFileSync(join(folder, file), `${HEAD}\nexport const board: Json<Board> = ${json};\n`);
  files.set(name, file);
}

function linesAbout(name: string): string[] {
  return output.split('\n').filter((line) => line.startsWith(`${files.get(name)}(`));
}

beforeAll(async () => {
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const money = JSON.stringify(dashboard(MONEY));
  write('money', money);
  write('service', JSON.stringify(dashboard(SERVICE)));
  for (const [name, [from, to]] of Object.entries(FAULTS)) write(name, money.replace(from, to));
  const options = { strict: true, noEmit: true, skipLibCheck: true, module: 'nodenext', types: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
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
  it.each(['money', 'service'])('take the board %s', (name) => {
    expect(linesAbout(name)).toEqual([]);
  });

  it.each(Object.keys(FAULTS))('refuse %s', (name) => {
    expect(linesAbout(name)).not.toEqual([]);
  });
});
