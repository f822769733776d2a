/** Finds Go and runs builds with it. */
import { execFileSync, spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { codedError, type MoneytrailError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import { startParentWatch } from '../process/parent-watch.ts';
import { COMPONENTS } from './recipes.ts';

const REMEMBERED_BYTES = 4_000;
/** The folders of Go's installer and of Debian; not every PATH has them. */
const USUAL_FOLDERS = ['/usr/local/go/bin', '/usr/lib/go-1.26/bin', join(homedir(), 'go/bin')];
const NO_NETWORK =
  /dial tcp|no such host|i\/o timeout|connection refused|TLS handshake|lookup disabled|EOF$/m;

/** Finds a Go that is new enough. Throws `MONEYTRAIL_STACK_GO_UNUSABLE`, which lists what was found. */
export function findGo(path = process.env['PATH'] ?? '', usual = USUAL_FOLDERS): string {
  const folders = [...path.split(delimiter), ...usual];
  const found: string[] = [];
  for (const folder of new Set(folders.filter(Boolean))) {
    const go = join(folder, 'go');
    const version = versionOf(go);
    if (version === undefined) continue;
    if (isNewEnough(version)) return go;
    found.push(`${version} (${go})`);
  }
  const what =
    found.join(', ') || `none in PATH${usual.map((folder) => `, none in ${folder}`).join('')}`;
  throw codedError(ERRORS, 'MONEYTRAIL_STACK_GO_UNUSABLE', { found: what, needed: COMPONENTS.go });
}

function versionOf(go: string): string | undefined {
  try {
    const env = { ...process.env, GOTOOLCHAIN: 'local' };
    const text = execFileSync(go, ['version'], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /\bgo(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1];
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = COMPONENTS.go.split('.').map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

/** Runs a program of a build to its end. Throws `MONEYTRAIL_STACK_BUILD_FAILED` with its last output. */
export async function runBuild(
  name: string,
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly go: string },
): Promise<void> {
  // A build ends with this process, even when this process is killed.
  const watch = startParentWatch();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...buildEnvironment(options.go), ...watch.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-REMEMBERED_BYTES);
    });
  }
  const how = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : `${program} ended with ${signal ?? `exit code ${code}`}`),
    );
  });
  watch.end();
  if (how !== undefined) throw buildError(name, how, tail);
}

function buildError(name: string, how: string, tail: string): MoneytrailError {
  const said = tail
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('go: downloading'))
    .slice(-12)
    .join('\n');
  const hint = NO_NETWORK.test(said) ? '\nModules could not be fetched: see `go env GOPROXY`.' : '';
  return codedError(ERRORS, 'MONEYTRAIL_STACK_BUILD_FAILED', {
    component: name,
    reason: `${how}\n${said}${hint}\n`,
  });
}

/** The folders of Go's two caches. */
export function cachesOf(go: string): string[] {
  const text = execFileSync(go, ['env', 'GOMODCACHE', 'GOCACHE'], { encoding: 'utf8' });
  return text.split('\n').filter(Boolean);
}

/** Without the user's settings for other builds; the cache folders stay. */
function buildEnvironment(go: string): NodeJS.ProcessEnv {
  const path = [join(go, '..'), process.env['PATH']].join(delimiter);
  return {
    ...process.env,
    PATH: path,
    CGO_ENABLED: '0',
    GOFLAGS: '-buildvcs=false',
    GOWORK: 'off',
    GOOS: '',
    GOARCH: '',
  };
}
