// The process that has the port: it adds up the metrics of all processes of the service, also of those that have ended.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { MetricData, ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { metricsOf } from './families.ts';
import { writeJson } from './json.ts';
import type { Own, Snapshot } from './member.ts';
import { areRelated, type Identity, idOf } from './processes.ts';
import { compacted } from './text.ts';

/** A process that is busy for longer than this is shown with its last numbers. */
const ANSWER_WITHIN_MS = 500;

const LEADER = 'leader.json';
const ENDED = 'ended.json';

/** The processes behind one port. */
export class Group {
  readonly #own: Own;
  readonly #folder: string;
  /** Counters and histograms of processes that have ended. */
  #ended: readonly MetricData[] = [];

  constructor(own: Own, folder: string) {
    this.#own = own;
    this.#folder = folder;
    this.#inherit();
  }

  /** The metrics of all processes, those of this one first. */
  async collect(): Promise<readonly ScopeMetrics[]> {
    const own = await this.#own.collect();
    const names = await this.#names();
    const sockets = names.filter((name) => name.endsWith('.sock'));
    if (names.length === 0 && this.#ended.length === 0) return own;
    const members = await Promise.all(sockets.map((name) => this.#ask(name)));
    await this.#retire(new Set(sockets.map((name) => basename(name, '.sock'))));
    await this.#write(`${idOf(this.#own.identity)}.json`, {
      from: this.#own.identity,
      scopes: own,
    });
    const ended: ScopeMetrics = { scope: { name: '' }, metrics: [...this.#ended] };
    return [...own, ...members.flat(), ended];
  }

  /** Takes over what a former process with the port has left, if it belonged to the same service. */
  #inherit(): void {
    const former = readJson<Identity>(join(this.#folder, LEADER));
    const isSame = former !== undefined && areRelated(former, this.#own.identity);
    const ended = readJson<MetricData[]>(join(this.#folder, ENDED));
    if (isSame) this.#ended = ended ?? [];
    else for (const name of [ENDED, LEADER]) rmSync(join(this.#folder, name), { force: true });
    writeFileSync(join(this.#folder, LEADER), JSON.stringify(this.#own.identity), { mode: 0o600 });
  }

  async #names(): Promise<string[]> {
    const ownFile = `${idOf(this.#own.identity)}.json`;
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => ![LEADER, ENDED, ownFile].includes(name));
  }

  /** What a process shows now, or what it showed last where it is busy. */
  async #ask(socket: string): Promise<readonly ScopeMetrics[]> {
    const path = join(this.#folder, socket);
    const last = `${basename(socket, '.sock')}.json`;
    try {
      const answer = await context.with(suppressTracing(context.active()), () => get(path));
      const snapshot: Snapshot = JSON.parse(answer);
      if (!areRelated(snapshot.from, this.#own.identity)) return [];
      await writeFile(join(this.#folder, last), answer, { mode: 0o600 });
      return snapshot.scopes;
    } catch (error) {
      if (hasEnded(error)) await rm(path, { force: true });
      return readJson<Snapshot>(join(this.#folder, last))?.scopes ?? [];
    }
  }

  /** Adds the last numbers of processes that have ended to those that ended before. */
  async #retire(alive: ReadonlySet<string>): Promise<void> {
    for (const name of await this.#names()) {
      if (!name.endsWith('.json') || alive.has(basename(name, '.json'))) continue;
      const path = join(this.#folder, name);
      const snapshot = readJson<Snapshot>(path);
      if (snapshot !== undefined && areRelated(snapshot.from, this.#own.identity)) {
        this.#ended = await compacted([...this.#ended, ...metricsOf(snapshot.scopes)]);
        await this.#write(ENDED, this.#ended);
      }
      await rm(path, { force: true });
    }
  }

  async #write(name: string, content: object): Promise<void> {
    const path = join(this.#folder, name);
    await writeFile(path, writeJson(content), { mode: 0o600 }).catch(() => {});
  }
}

/** The process that has the port, as far as the folder tells. */
export function leaderOf(folder: string): Identity | undefined {
  return readJson<Identity>(join(folder, LEADER));
}

function get(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: '/', agent: false });
    const timer = setTimeout(() => asked.destroy(new Error('busy')), ANSWER_WITHIN_MS).unref();
    asked.on('error', reject);
    asked.on('response', (response) => {
      text(response).then(resolve, reject);
      response.on('close', () => clearTimeout(timer));
    });
    asked.end();
  });
}

function hasEnded(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ECONNREFUSED', 'ENOENT'].includes(String(error.code))
  );
}

/** Files are written by processes of the same service, and may be half written. */
function readJson<Content>(path: string): Content | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
