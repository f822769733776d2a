/** Packs every package like for publishing, and checks each tarball with publint and attw. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { PACKAGES, ROOT } from './repository.ts';

const FOLDER = `${ROOT}.cache/packed`;

/** The tarball of each package, created by one npm process. */
function pack(): Map<string, string> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const workspaces = PACKAGES.flatMap((name) => ['--workspace', `packages/${name}`]);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', FOLDER, ...workspaces], {
    cwd: ROOT,
  });
  return new Map(
    PACKAGES.map((name) => [name, `${FOLDER}/moneytrail-${name}-${versionOf(name)}.tgz`]),
  );
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(`${ROOT}packages/${name}/package.json`, 'utf8')).version;
}

async function publintProblems(name: string, tarball: string): Promise<string[]> {
  const { buffer } = new Uint8Array(readFileSync(tarball));
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: buffer } });
  const wrong = messages.filter(
    // Bundlers are given CommonJS on purpose: decision 34.
    ({ code }) => code !== 'EXPORTS_MODULE_SHOULD_BE_ESM',
  );
  return wrong.map((message) => `${name}: ${formatMessage(message, pkg)}`);
}

function attwProblems(name: string, tarball: string): string[] {
  const { status, stdout } = spawnSync(
    'attw',
    [tarball, '--profile', 'strict', '--no-color', '--no-emoji'],
    {
      encoding: 'utf8',
    },
  );
  return status === 0 ? [] : [`${name}: ${stdout}`];
}

const problems: string[] = [];
for (const [name, tarball] of pack()) {
  problems.push(...(await publintProblems(name, tarball)), ...attwProblems(name, tarball));
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
