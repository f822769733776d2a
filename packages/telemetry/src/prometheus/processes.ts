// The processes and threads of one service on one machine: they find each other in a folder that only their user can enter.
import { hash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

/** Distinguishes processes and threads, and shows whether two belong together. */
export interface Identity {
  readonly pid: number;
  readonly ppid: number;
  readonly thread: number;
  /** A reused process id gets another one. */
  readonly startMs: number;
  /** Started with a channel to its parent, as workers of a cluster and forked processes are. */
  readonly isForked: boolean;
  /** The script that was started. */
  readonly entry: string;
}

/** Who runs this code. */
export function ownIdentity(entryPoint: string | undefined): Identity {
  return {
    pid: process.pid,
    ppid: process.ppid,
    thread: threadId,
    startMs: Math.round(performance.timeOrigin),
    isForked: process.send !== undefined,
    entry: entryPoint ?? '',
  };
}

/** A name for the files of a process or thread. It is short: the path of a socket has 103 bytes at most. */
export function idOf({ pid, thread, startMs }: Identity): string {
  return [pid, thread, startMs].map((number) => number.toString(36)).join('-');
}

/** Whether two belong to one service: threads of a process, parent and child, or forked by the same parent from the same script. */
export function areRelated(a: Identity, b: Identity): boolean {
  if (a.pid === b.pid || a.ppid === b.pid || b.ppid === a.pid) return true;
  return a.ppid === b.ppid && a.isForked && b.isForked && a.entry === b.entry;
}

/**
 * The folder of the processes that share a port, made where it is missing. `undefined` where it cannot be trusted, because it
 * belongs to somebody else or others may enter it.
 */
export function openFolder(host: string, port: number): string | undefined {
  const own = join(tmpdir(), `moneytrail-${process.getuid?.() ?? 'user'}`);
  const folder = join(own, `${port}-${hash('sha256', host).slice(0, 8)}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return [own, folder].every(isOurs) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function isOurs(path: string): boolean {
  const { uid, mode, isDirectory } = statOf(path);
  return isDirectory && (mode & 0o077) === 0 && uid === (process.getuid?.() ?? uid);
}

function statOf(path: string): { uid: number; mode: number; isDirectory: boolean } {
  const stat = lstatSync(path);
  return { uid: stat.uid, mode: stat.mode, isDirectory: stat.isDirectory() };
}
