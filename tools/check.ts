/**
 * All checks of the repository except tests. Two steps run at a time; each line is a step with its wall time, and only
 * failed steps show their output. Arguments select steps: `npm run check -- lint types`.
 */
import { execute, failuresOf } from './processes.ts';

/** A name and the command behind it. */
type Step = readonly [name: string, command: string];

const JEST =
  'node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js';

/** Steps that read the sources; the longest first. */
const SOURCE_STEPS: readonly Step[] = [
  ['doctest', 'node tools/doctest.ts'],
  ['build', 'npm run --silent build'],
  ['types', 'tsc -p tsconfig.test.json --pretty false'],
  ['conventions', `${JEST} tools`],
  ['unused', 'knip --no-progress'],
  ['lint', 'biome ci --colors=off --error-on-warnings --max-diagnostics=200'],
  ['generated', 'node --conditions=@moneytrail/source tools/generate.ts --check'],
  ['lockfile', 'node tools/lockfile.ts --check'],
];

/** Steps that read `dist`; the test types too, because tests see the types of other packages there. */
const DIST_STEPS: readonly Step[] = [
  ['packed', 'node tools/packed.ts'],
  ['api', 'node tools/api.ts --check'],
  ['size', 'size-limit --silent'],
  ['promises', 'oxlint --type-aware packages examples e2e bench dev tools'],
];

async function passes([name, command]: Step): Promise<boolean> {
  const startMs = performance.now();
  const { ok, output } = await execute(command, [], { shell: true });
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(12)} ${seconds.padStart(5)} s`);
  if (!ok) console.log(`     ${command}\n${output}\n`);
  return ok;
}

const wanted = process.argv.slice(2);
const isWanted = ([name]: Step): boolean => wanted.length === 0 || wanted.includes(name);
const [first, second] = [SOURCE_STEPS.filter(isWanted), DIST_STEPS.filter(isWanted)];
const failed = [...(await failuresOf(first, passes)), ...(await failuresOf(second, passes))];
console.log(
  `check: ${first.length + second.length - failed.length} passed, ${failed.length} failed`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
