/** Watches the disks of a running stack. */
import { join } from 'node:path';
import { freeMbOf } from '../process/folders.ts';
import type { Urls } from './addresses.ts';
import { COMPONENT_NAMES, type ComponentName } from './recipes.ts';

/** What is watched, and who receives the reports. */
export interface Watched {
  readonly dataDir: string;
  readonly urls: Urls;
  readonly report: (name: ComponentName, what: string) => void;
}

const POLL_MS = 10_000;
const RESPONSE_MS = 2_000;
/** Less than a busy hour may need. */
const LEAST_FREE_MB = 500;

/** Counters of data that a component acknowledged but could not write, since its start. */
const DROPS = [
  ['prometheus', 'prometheus_tsdb_wal_writes_failed_total'],
  ['loki', 'loki_ingester_wal_disk_full_failures_total'],
] as const;

/**
 * Watches the disk of each component, and the counters of failed writes of Prometheus and Loki: both acknowledge data that
 * they cannot write, and a full Prometheus cannot store that it is full. Each problem is reported once, and again when it
 * recurs. Returns a function that stops the watch.
 */
export function watchDisks(watched: Watched): () => void {
  const reported = new Set<string>();
  const say = (name: ComponentName, kind: string, what: string | undefined): void => {
    const key = `${name} ${kind}`;
    if (what === undefined) reported.delete(key);
    else if (!reported.has(key)) watched.report(name, what);
    if (what !== undefined) reported.add(key);
  };
  const look = async (): Promise<void> => {
    for (const name of COMPONENT_NAMES) say(name, 'room', lowDisk(join(watched.dataDir, name)));
    for (const [name, counter] of DROPS) {
      const count = await readCounter(`${watched.urls[name]}/metrics`, counter);
      // Without a response the state of the disk is unknown.
      if (count !== undefined) say(name, 'drops', dropping(name, counter, count));
    }
  };
  const timer = setInterval(() => void look(), POLL_MS).unref();
  return () => clearInterval(timer);
}

function lowDisk(folder: string): string | undefined {
  try {
    const freeMb = freeMbOf(folder);
    if (freeMb >= LEAST_FREE_MB) return undefined;
    return `has ${freeMb} MB left on the disk of ${folder}; without room it loses what it is sent`;
  } catch {
    // The end of its component reports a folder that is gone.
    return undefined;
  }
}

function dropping(name: string, counter: string, count: number): string | undefined {
  if (count === 0) return undefined;
  return `cannot write and drops what it acknowledges (${counter} ${count}); make room for ${name} and start it again`;
}

async function readCounter(url: string, name: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(RESPONSE_MS) });
    const page = await response.text();
    const found = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(page);
    return found === null ? undefined : Number(found[1]);
  } catch {
    return undefined;
  }
}
