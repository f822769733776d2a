/** Runs the recipes of docs/bundlers.md and compares the telemetry with the table on that page. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Receiver, startReceiver } from '../packages/telemetry/test/support/receiver.ts';
import { runCommand, seenOf, serviceFolder, start, writeFiles } from './support/loaded.ts';
import { recipesOf, rowsOf } from './support/pages.ts';

const PAGE = 'docs/bundlers.md';
const RECIPES = recipesOf(PAGE);

let receiver: Receiver;
let folder: string;

beforeAll(async () => {
  receiver = await startReceiver();
  folder = serviceFolder('bundled');
});

afterAll(() => receiver.close());

const yesOrNo = (seen: object): string[] => Object.values(seen).map((one) => (one ? 'yes' : 'no'));

describe('the table of bundlers', () => {
  it.each(rowsOf(PAGE))('is right about %s', async (name, ...promised) => {
    const { files, commands } = RECIPES.get(name ?? '') ?? { files: {}, commands: [] };
    rmSync(join(folder, 'out'), { recursive: true, force: true });
    writeFiles(folder, files);
    const { seen, stderr } = await seenOf(receiver, folder, commands);
    expect(yesOrNo(seen)).toEqual(promised);
    const isInside = name?.includes('inside') || name?.includes('a few') || name === 'ncc';
    expect(stderr.match(/MONEYTRAIL_\w+/g) ?? []).toEqual(
      isInside ? ['MONEYTRAIL_PACKAGES_NOT_SEEN'] : [],
    );
  });

  it('has a row for each recipe', () => {
    const names = [...RECIPES].filter(([, { commands }]) => commands.length > 0);
    expect(rowsOf(PAGE).map(([name]) => name)).toEqual(names.map(([name]) => name));
  });
});

it('an ES module by esbuild without a banner names the option that it needs, in one error', async () => {
  const command = 'npx esbuild app.ts --bundle --platform=node --format=esm --outfile=out/app.mjs';
  const { code, stderr } = await start(folder, [command, 'node out/app.mjs'], {}).ended;
  expect(code).toBe(1);
  expect(stderr.match(/MoneytrailError: \w+/g)).toEqual([
    'MoneytrailError: MONEYTRAIL_BUNDLE_WITHOUT_REQUIRE',
  ]);
  expect(stderr).toContain('--packages=external');
});

it('a bundle in a folder without packages reports its own name', async () => {
  runCommand(folder, 'npx esbuild app.ts --bundle --platform=node --minify --outfile=out/app.cjs');
  const alone = join(folder, '..', '..', `alone-${process.pid}`);
  writeFiles(alone, {});
  runCommand(folder, `cp out/app.cjs ${alone}`);
  const { seen, stderr } = await seenOf(receiver, alone, ['node app.cjs']);
  rmSync(alone, { recursive: true });
  expect(yesOrNo(seen)).toEqual(['yes', 'yes', 'yes', 'no']);
  expect(stderr).toContain(`${join(alone, 'app.cjs')} is a bundle`);
});
