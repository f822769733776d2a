/**
 * Tests the examples of the documentation: type-checks and runs every ```ts block of the Markdown pages and of the doc
 * comments of the packages, each as a separate program. A block marked ```ts no-run needs a server and is only
 * type-checked. Arguments select files: `npm run doctest -- packages/catalogue`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execute, failuresOf } from './processes.ts';
import { filesOf, ROOT, read } from './repository.ts';

interface Block {
  /** Position of the opening fence, as `path:line`. */
  readonly place: string;
  /** The program, written below the root so that packages resolve by name. */
  readonly file: string;
  readonly code: string;
  readonly runs: boolean;
}

const FOLDER = `.cache/doctest-${process.pid}`;
/** Folder for files of examples. */
const SCRATCH = mkdtempSync(join(tmpdir(), 'moneytrail-doctest-'));
const TIMEOUT_MS = 20_000;
const SOURCES = [
  'README.md',
  'ARCHITECTURE.md',
  'docs/**/*.md',
  'packages/*/README.md',
  'examples/*/README.md',
  'packages/*/src/**/*.ts',
];
const OPEN = /^\s*(?:\* ?)?```ts( no-run)?$/;
const CLOSE = /^\s*(?:\* ?)?```$/;

/** A block keeps the line numbers of its page, so that errors have the right position. */
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
  for (const { file, code } of blocks) {
    mkdirSync(dirname(ROOT + file), { recursive: true });
    writeFileSync(ROOT + file, code);
  }
  const compilerOptions = { moduleDetection: 'force', noUnusedLocals: false };
  const config = { extends: '../../tsconfig.test.json', compilerOptions, include: ['.'] };
  writeFileSync(`${ROOT}${FOLDER}/tsconfig.json`, JSON.stringify(config));
}

/** `….cache/doctest-7/README.md/12.ts(14,3)` and `….ts:14` both become `README.md:14`. */
function pointAtPages(output: string): string {
  return output.replaceAll(
    /\S*\.cache\/doctest-\d+\/(\S+)\/\d+\.ts(?:\((\d+),\d+\)|:(\d+))/g,
    '$1:$2$3',
  );
}

async function typeChecks(): Promise<boolean> {
  const { ok, output } = await execute('tsc', ['-p', FOLDER, '--pretty', 'false']);
  if (!ok) console.error(pointAtPages(output));
  return ok;
}

async function runs({ place, file }: Block): Promise<boolean> {
  const env = { ...process.env, TMPDIR: SCRATCH };
  const options = { cwd: SCRATCH, env, timeout: TIMEOUT_MS, killSignal: 'SIGKILL' } as const;
  const args = ['--conditions=@moneytrail/source', ROOT + file];
  const { ok, output } = await execute(process.execPath, args, options);
  if (!ok) console.error(`${place} failed\n${pointAtPages(output)}\n`);
  return ok;
}

const wanted = process.argv.slice(2);
const paths = filesOf(...SOURCES).filter(
  (path) => wanted.length === 0 || wanted.some((start) => path.startsWith(start)),
);
const blocks = paths.flatMap(blocksOf);
writePrograms(blocks);
const isTyped = await typeChecks();
const failed = await failuresOf(
  blocks.filter((block) => block.runs),
  runs,
);
rmSync(ROOT + FOLDER, { recursive: true });
rmSync(SCRATCH, { recursive: true });
console.log(`${blocks.length} examples, ${failed.length} failed`);
process.exitCode = isTyped && failed.length === 0 ? 0 : 1;
