/**
 * Everything that keeps the repository in order, tests apart. Two steps run at a time; each line is a step with
 * its wall time, and only what fails shows its output. Arguments pick steps: `npm run check -- lint types`.
 */
import { spawn } from 'node:child_process';
import { ROOT } from './repository.ts';

/** A name and the command behind it. */
type Step = readonly [name: string, command: string];

interface Result {
  readonly ok: boolean;
  readonly output: string;
}

const JEST =
  'node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js';

/** What reads the sources; the longest first. */
const SOURCE_STEPS: readonly Step[] = [
  ['doctest', 'node tools/doctest.ts'],
  ['build', 'npm run --silent build'],
  ['types', 'tsc -p tsconfig.test.json --pretty false'],
  ['conventions', `${JEST} tools`],
  ['unused', 'knip --no-progress'],
  ['promises', 'oxlint --type-aware packages examples e2e bench tools'],
  ['lint', 'biome ci --colors=off --error-on-warnings --max-diagnostics=200'],
  ['generated', 'node --conditions=@moneytrail/source tools/generate.ts --check'],
  ['lockfile', 'node tools/lockfile.ts --check'],
];

/** What reads `dist`. */
const DIST_STEPS: readonly Step[] = [
  ['packed', 'node tools/packed.ts'],
  ['api', 'node tools/api.ts --check'],
  ['size', 'size-limit --silent'],
];

function execute(command: string): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(command, { cwd: ROOT, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => chunks.push(chunk));
    child.on('close', (code) => {
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString().trimEnd() });
    });
  });
}

async function passes([name, command]: Step): Promise<boolean> {
  const startMs = performance.now();
  const { ok, output } = await execute(command);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(12)} ${seconds.padStart(5)} s`);
  if (!ok) console.log(`     ${command}\n${output}\n`);
  return ok;
}

/** The names of the steps that failed. */
async function runAll(steps: readonly Step[]): Promise<string[]> {
  const waiting = [...steps];
  const failed: string[] = [];
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      if (!(await passes(step))) failed.push(step[0]);
    }
  };
  await Promise.all([worker(), worker()]);
  return failed;
}

const wanted = process.argv.slice(2);
const isWanted = ([name]: Step): boolean => wanted.length === 0 || wanted.includes(name);
const [first, second] = [SOURCE_STEPS.filter(isWanted), DIST_STEPS.filter(isWanted)];
const failed = [...(await runAll(first)), ...(await runAll(second))];
console.log(
  `check: ${first.length + second.length - failed.length} passed, ${failed.length} failed`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
