/**
 * Keeps the documentation true: type-checks and runs every ```ts block of the Markdown pages and of the doc
 * comments in `the packages`, each as a program of its own. A block marked ```ts no-run needs a server and
 * is type-checked only. Arguments narrow the files: `npm run doctest -- packages/catalogue`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { filesOf, ROOT, read } from './repository.ts';

interface Block {
  /** Where the opening fence is, as `path:line`. */
  readonly place: string;
  /** The program, written below the root so that packages resolve by name. */
  readonly file: string;
  readonly code: string;
  readonly runs: boolean;
}

interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
}

const FOLDER = '.cache/doctest';
const CONCURRENCY = 2;
const TIMEOUT_MS = 20_000;
const SOURCES = [
  'README.md',
  'ARCHITECTURE.md',
  'docs/**/*.md',
  'packages/*/README.md',
  'examples/*/README.md',
];
const OPEN = /^\s*(?:\* ?)?```ts( no-run)?$/;
const CLOSE = /^\s*(?:\* ?)?```$/;

/** A block keeps the line numbers of its page, so that an error points at the page. */
function blocksOf(path: string): Block[] {
  const lines = read(path).split('\n');
  return lines.flatMap((line, index) => {
    const fence = OPEN.exec(line);
    if (fence === null) return [];
    const length = lines.slice(index + 1).findIndex((next) => CLOSE.test(next));
    const body = lines
      .slice(index + 1, index + 1 + length)
      .map((text) => text.replace(/^\s*\* ?/, ''));
    const place = `${path}:${index + 1}`;
    const code = `${'\n'.repeat(index + 1)}${body.join('\n')}\n`;
    return [
      { place, file: `${FOLDER}/${path}/${index + 1}.ts`, code, runs: fence[1] === undefined },
    ];
  });
}

function writePrograms(blocks: readonly Block[]): void {
  rmSync(ROOT + FOLDER, { recursive: true, force: true });
  for (const { file, code } of blocks) {
    mkdirSync(dirname(ROOT + file), { recursive: true });
    writeFileSync(ROOT + file, code);
  }
  const compilerOptions = {
    moduleDetection: 'force',
    noUnusedLocals: false,
  };
  const config = { extends: '../../tsconfig.test.json', compilerOptions, include: ['.'] };
  writeFileSync(`${ROOT}${FOLDER}/tsconfig.json`, JSON.stringify(config));
}

function execute(args: readonly string[], cwd: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += chunk));
    child.on('close', (exitCode, signal) => {
      resolve({
        exitCode,
        output: signal ? `${output}ended by ${signal} after ${TIMEOUT_MS} ms\n` : output,
      });
    });
  });
}

/** `.cache/doctest/README.md/12.ts(14,3)` and `…/12.ts:14` both become `README.md:14`. */
function pointAtPages(output: string): string {
  return output.replaceAll(
    /\S*\.cache\/doctest\/(\S+)\/\d+\.ts(?:\((\d+),\d+\)|:(\d+))/g,
    '$1:$2$3',
  );
}

async function typeCheck(): Promise<number> {
  const { exitCode, output } = await execute(
    ['node_modules/typescript/bin/tsc', '-p', FOLDER, '--pretty', 'false'],
    ROOT,
  );
  if (exitCode !== 0) console.error(pointAtPages(output));
  return exitCode === 0 ? 0 : 1;
}

async function runOne({ place, file }: Block): Promise<number> {
  const { exitCode, output } = await execute(
    ['--conditions=@moneytrail/source', ROOT + file],
    tmpdir(),
  );
  if (exitCode !== 0) console.error(`${place} exited with ${exitCode}\n${pointAtPages(output)}`);
  return exitCode === 0 ? 0 : 1;
}

async function runAll(blocks: readonly Block[]): Promise<number> {
  const waiting = blocks.filter(({ runs }) => runs);
  let failed = 0;
  const worker = async (): Promise<void> => {
    for (let block = waiting.shift(); block !== undefined; block = waiting.shift())
      failed += await runOne(block);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return failed;
}

const [...wanted] = process.argv.slice(2);
const paths = filesOf(...SOURCES, 'packages/*/src/**/*.ts').filter(
  (path) => wanted.length === 0 || wanted.some((start) => path.startsWith(start)),
);
const blocks = paths.flatMap(blocksOf);
writePrograms(blocks);
const failures = (await typeCheck()) + (await runAll(blocks));
console.log(`${blocks.length} examples, ${failures} failed`);
process.exitCode = failures > 0 ? 1 : 0;
