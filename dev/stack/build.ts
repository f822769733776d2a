/** Builds components and tools into the cache, each once. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import { freeMbOf, makeFolder } from '../process/folders.ts';
import { type Lock, takeLock } from '../process/lock.ts';
import { cachesOf, findGo, runBuild } from './go.ts';
import {
  builtFolder,
  COMPONENT_NAMES,
  type ComponentName,
  moduleFolder,
  recipeOf,
  type ToolName,
} from './recipes.ts';

/** Written last: a folder without it is not a complete build. */
const WHOLE = 'built.json';
const LOOK_MS = 500;
const STILL_MS = 30_000;
/** The module that contains a tool. */
const MODULE_OF: Readonly<Record<ToolName, string>> = {
  promtool: 'prometheus',
  amtool: 'alertmanager',
  ocb: 'ocb',
  'compose-config': 'compose-config',
};

/**
 * The programs of the named components, or of all. Missing ones are built one after the other into the cache outside of the
 * repository, and each build is reported on standard error. Throws `MONEYTRAIL_STACK_GO_UNUSABLE`,
 * `MONEYTRAIL_STACK_DISK_FULL` and `MONEYTRAIL_STACK_BUILD_FAILED`.
 */
export async function ensureBuilt(
  names: readonly ComponentName[] = COMPONENT_NAMES,
): Promise<ReadonlyMap<ComponentName, string>> {
  const programs = new Map<ComponentName, string>();
  for (const name of names) {
    const folder = await ensureFolder(name);
    programs.set(name, join(folder, Object.keys(recipeOf(name).commands)[0] ?? ''));
  }
  return programs;
}

/** The program of a tool; it is built when it is missing. */
export async function ensureTool(name: ToolName): Promise<string> {
  return join(await ensureFolder(MODULE_OF[name]), name);
}

async function ensureFolder(name: string): Promise<string> {
  const folder = builtFolder(name);
  if (isWhole(folder)) return folder;
  makeFolder(dirname(folder));
  const lock = await waitForLock(name, `${folder}.lock`);
  try {
    // Another process may have built it in the meantime.
    if (!isWhole(folder)) await build(name, folder);
    return folder;
  } finally {
    lock.release();
  }
}

/** Whether every program exists with the size that it was built with. */
function isWhole(folder: string): boolean {
  try {
    const { bytes }: { bytes: Record<string, number> } = JSON.parse(
      readFileSync(join(folder, WHOLE), 'utf8'),
    );
    return Object.entries(bytes).every(
      ([file, size]) => statSync(join(folder, file)).size === size,
    );
  } catch {
    return false;
  }
}

async function waitForLock(name: string, file: string): Promise<Lock> {
  let reported = false;
  for (;;) {
    const lock = takeLock(file);
    if (lock !== undefined) return lock;
    if (!reported) say(`${name}: another process builds it, waiting`);
    reported = true;
    await wait(LOOK_MS);
  }
}

async function build(name: string, folder: string): Promise<void> {
  const { version, minutes } = recipeOf(name);
  const go = findGo();
  removeHalves(name, folder);
  for (const used of [dirname(folder), ...cachesOf(go)]) checkDisk(name, used);
  say(`${name} ${version}: building, about ${minutes} min on two cores with nothing cached`);
  const startMs = performance.now();
  const seconds = (): string => ((performance.now() - startMs) / 1000).toFixed(0);
  const still = setInterval(() => say(`${name}: still building, ${seconds()} s`), STILL_MS);
  const half = `${folder}.half`;
  try {
    await compile(name, half, go);
    finish(name, half, seconds());
    renameSync(half, folder);
  } finally {
    clearInterval(still);
    rmSync(half, { recursive: true, force: true });
  }
  say(`${name} ${version}: built in ${seconds()} s, ${folder}`);
}

/** Removes what a killed build left, and an incomplete folder. The caller holds the lock. */
function removeHalves(name: string, folder: string): void {
  const own = basename(folder);
  for (const entry of readdirSync(dirname(folder))) {
    if (entry !== own && entry !== `${own}.half`) continue;
    say(`${name}: ${entry} is not a complete build, building it again`);
    rmSync(join(dirname(folder), entry), { recursive: true, force: true });
  }
}

/** Throws `MONEYTRAIL_STACK_DISK_FULL` when a build would fill the disk. */
export function checkDisk(name: string, folder: string, freeMb = freeMbOf(nearest(folder))): void {
  const { needsMb } = recipeOf(name);
  if (freeMb >= needsMb) return;
  throw codedError(ERRORS, 'MONEYTRAIL_STACK_DISK_FULL', {
    component: name,
    folder,
    freeMb,
    neededMb: needsMb,
  });
}

/** The nearest existing folder: a missing one will be on its disk. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

async function compile(name: string, half: string, go: string): Promise<void> {
  const module = join(half, 'module');
  mkdirSync(half);
  cpSync(moduleFolder(name), module, { recursive: true });
  if (existsSync(join(module, 'builder.yaml'))) await generateCollector(name, module, go);
  const { commands, tags } = recipeOf(name);
  for (const [program, path] of Object.entries(commands)) {
    const flags = ['-mod=readonly', '-trimpath', '-ldflags=-s -w', `-tags=${tags}`];
    const args = ['build', ...flags, '-o', join(half, program), path];
    await runBuild(name, go, args, { cwd: module, go });
  }
  rmSync(module, { recursive: true, force: true });
}

/** Generates the Collector's sources from its manifest; `go.mod` already pins the modules. */
async function generateCollector(name: string, module: string, go: string): Promise<void> {
  const ocb = await ensureTool('ocb');
  const sources = join(module, 'sources');
  const manifest = join(module, 'builder.yaml');
  const text = readFileSync(manifest, 'utf8');
  // Whatever path the manifest names, the sources of this build go into its own folder.
  writeFileSync(manifest, text.replace(/output_path: *[^,}\s]+/, 'output_path: ./sources'));
  const skip = ['--skip-compilation', '--skip-get-modules', '--skip-strict-versioning'];
  const args = ['--config', manifest, ...skip];
  await runBuild(name, ocb, args, { cwd: module, go });
  for (const file of readdirSync(sources).filter((one) => one.endsWith('.go'))) {
    renameSync(join(sources, file), join(module, file));
  }
  rmSync(sources, { recursive: true });
}

/** Runs every program once and records their sizes. */
function finish(name: string, half: string, seconds: string): void {
  const { commands, verify, version } = recipeOf(name);
  const programs = Object.keys(commands);
  for (const program of verify === '' ? [] : programs) {
    try {
      execFileSync(join(half, program), [verify], { stdio: 'pipe', timeout: 30_000 });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw codedError(ERRORS, 'MONEYTRAIL_STACK_BUILD_FAILED', { component: name, reason });
    }
  }
  const bytes = Object.fromEntries(
    programs.map((program) => [program, statSync(join(half, program)).size]),
  );
  const built = { version, bytes, seconds: Number(seconds), at: new Date().toISOString() };
  writeFileSync(join(half, WHOLE), `${JSON.stringify(built, null, 2)}\n`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
