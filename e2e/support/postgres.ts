/** A temporary PostgreSQL server without durability. */
import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from '../../dev/process/free-port.ts';
import { type Owner, programOf, type Server, startServer } from './server.ts';

/** Debian installs the server programs outside of `PATH`. */
const FOLDERS = ['/usr/lib/postgresql/*/bin'];

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
};

export async function startPostgres(): Promise<Server> {
  const program = programOf('POSTGRES', 'postgres', FOLDERS);
  const owner = ownerOf();
  const folder = mkdtempSync(join(tmpdir(), 'moneytrail-postgres-'));
  prepare(join(dirname(realpathSync(program)), 'initdb'), folder, owner);
  const port = await freePort();
  const settings = Object.entries({ ...SETTINGS, port }).map(([name, value]) => `${name}=${value}`);
  return await startServer({
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    command: [program, '-D', folder, ...settings.flatMap((setting) => ['-c', setting])],
    folder,
    owner,
    ready: /database system is ready to accept connections/,
  });
}

function prepare(initdb: string, folder: string, owner: Owner | undefined): void {
  const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-locale'];
  try {
    if (owner) chownSync(folder, owner.uid, owner.gid);
    execFileSync(initdb, ['-D', folder, ...options, '--no-sync'], {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** PostgreSQL does not run as root; its packages create a user for it. */
function ownerOf(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((what) =>
    Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' })),
  );
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}
