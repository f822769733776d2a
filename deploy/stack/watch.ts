import { join } from 'node:path';
import type { Urls } from './addresses.ts';
import { freeMbOf } from './folders.ts';
import { COMPONENT_NAMES, type ComponentName } from './recipes.ts';

/** What is looked after, and who is told. */
export interface Watched {
  readonly dataDir: string;
  readonly urls: Urls;
  readonly tell: (name: ComponentName, what: string) => void;
}

const LOOK_MS = 10_000;
const ANSWER_MS = 2_000;
/** Less than what a busy hour may take. */
const LEAST_FREE_MB = 500;

/** Counters of what a component acknowledged and could not write, since it was started. */
const DROPS = [
  ['prometheus', 'prometheus_tsdb_wal_writes_failed_total'],
  ['loki', 'loki_ingester_wal_disk_full_failures_total'],
] as const;

/**
 * Looks at the disk of each component, and at the counters by which Prometheus and Loki admit that they cannot write: both
 * answer as if nothing were wrong, and a full Prometheus cannot even store that it is full. Tells each thing once, and
 * again when it comes back. Gives the way to stop.
 */
export function watchDisks(watched: Watched): () => void {
  const told = new Set<string>();
  const say = (name: ComponentName, kind: string, what: string | undefined): void => {
    const key = `${name} ${kind}`;
    if (what === undefined) told.delete(key);
    else if (!told.has(key)) watched.tell(name, what);
    if (what !== undefined) told.add(key);
  };
  const look = async (): Promise<void> => {
    for (const name of COMPONENT_NAMES) say(name, 'room', lowDisk(join(watched.dataDir, name)));
    for (const [name, counter] of DROPS) {
      const count = await readCounter(`${watched.urls[name]}/metrics`, counter);
      // No answer says nothing about the disk.
      if (count !== undefined) say(name, 'drops', dropping(name, counter, count));
    }
  };
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return () => clearInterval(timer);
}

function lowDisk(folder: string): string | undefined {
  try {
    const freeMb = freeMbOf(folder);
    if (freeMb >= LEAST_FREE_MB) return undefined;
    return `has ${freeMb} MB left on the disk of ${folder}; without room it loses what it is sent`;
  } catch {
    // A folder that is gone is told by the end of its component.
    return undefined;
  }
}

function dropping(name: string, counter: string, count: number): string | undefined {
  if (count === 0) return undefined;
  return `cannot write and drops what it acknowledges (${counter} ${count}); make room for ${name} and start it again`;
}

async function readCounter(url: string, name: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    const page = await response.text();
    const found = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(page);
    return found === null ? undefined : Number(found[1]);
  } catch {
    return undefined;
  }
}
