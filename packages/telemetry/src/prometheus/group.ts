// The process that has the port: it adds up the metrics of all processes of the service, also of those that have ended.
import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { parseJson, readJson, removeUnfinished, writeWhole, writeWholeNow } from './folder.ts';
import { writeJson } from './json.ts';
import { LAST, lastOf, type Own, SOCKET } from './member.ts';
import { areRelated, type Identity, idOf } from './processes.ts';
import { type Ended, isEnded, isIdentity, isSnapshot, type Snapshot } from './snapshot.ts';
import { compacted } from './text.ts';

/** A process that is busy for longer than this is shown with its last numbers. */
const ANSWER_WITHIN_MS = 500;

const LEADER = 'leader';
const ENDED = 'ended';

/** What was seen of a process last. What it wrote itself in its last moment is newer. */
const SEEN = '.seen';

/** The processes behind one port. */
export class Group {
  readonly #own: Own;
  readonly #ownId: string;
  readonly #folder: string;
  readonly #leave = (): void => this.#writeLast();
  #ended: Ended = { ids: [], scopes: [] };
  /** What was shown last, where there are others who could show it. */
  #last: readonly ScopeMetrics[] | undefined;

  constructor(own: Own, folder: string) {
    this.#own = own;
    this.#ownId = idOf(own.identity);
    this.#folder = folder;
    this.#inherit();
    process.once('exit', this.#leave);
  }

  /** The metrics of all processes, those of this one first. */
  async collect(): Promise<readonly ScopeMetrics[]> {
    const own = await this.#own.collect();
    const names = await this.#names();
    if (names.length === 0 && this.#ended.scopes.length === 0) return own;
    const alive = names
      .filter((name) => name.endsWith(SOCKET))
      .map((name) => name.slice(0, -SOCKET.length));
    const members = await Promise.all(alive.map((id) => this.#ask(id)));
    await this.#retire(new Set(alive));
    this.#last = own;
    await writeWhole(
      this.#path(this.#ownId + SEEN),
      writeJson({ from: this.#own.identity, scopes: own } satisfies Snapshot),
    );
    return [...own, ...members.flat(), ...this.#ended.scopes];
  }

  /** Leaves the last numbers in the folder, for the process that has the port next. */
  close(): void {
    process.off('exit', this.#leave);
    this.#writeLast();
  }

  #writeLast(): void {
    if (this.#last === undefined) return;
    const last = lastOf(this.#own, this.#last);
    writeWholeNow(this.#path(this.#ownId + LAST), writeJson(last));
  }

  /** Takes over what a former process with the port has left, if it belonged to the same service. */
  #inherit(): void {
    removeUnfinished(this.#folder);
    const former = leaderOf(this.#folder);
    if (former !== undefined && areRelated(former, this.#own.identity)) {
      this.#ended = readJson(this.#path(ENDED), isEnded) ?? this.#ended;
    } else {
      rmSync(this.#path(ENDED), { force: true });
    }
    writeWholeNow(this.#path(LEADER), JSON.stringify(this.#own.identity));
  }

  /** Files of other processes. */
  async #names(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter(
      (name) => /\.(?:sock|last|seen)$/.test(name) && idOfFile(name) !== this.#ownId,
    );
  }

  /** What a process shows now, or what it showed last where it is busy. */
  async #ask(id: string): Promise<readonly ScopeMetrics[]> {
    const path = this.#path(id + SOCKET);
    try {
      const answer = await context.with(suppressTracing(context.active()), () => get(path));
      const snapshot = parseJson(answer, isSnapshot);
      if (snapshot === undefined) this.#own.warn('its answer is of another version');
      if (snapshot === undefined || !areRelated(snapshot.from, this.#own.identity)) return [];
      await writeWhole(this.#path(id + SEEN), answer);
      return snapshot.scopes;
    } catch (error) {
      if (hasEnded(error)) await rm(path, { force: true });
      return this.#lastOf(id)?.scopes ?? [];
    }
  }

  /** The last numbers of a process of this service. */
  #lastOf(id: string): Snapshot | undefined {
    const last =
      readJson(this.#path(id + LAST), isSnapshot) ?? readJson(this.#path(id + SEEN), isSnapshot);
    return last && areRelated(last.from, this.#own.identity) ? last : undefined;
  }

  /** Adds the last numbers of processes that have ended to those that ended before, each process once. */
  async #retire(alive: ReadonlySet<string>): Promise<void> {
    const present = new Set((await this.#names()).map(idOfFile));
    for (const id of [...present].filter((one) => !alive.has(one))) {
      const last = this.#ended.ids.includes(id) ? undefined : this.#lastOf(id);
      if (last !== undefined) {
        this.#ended = {
          ids: [...this.#ended.ids.filter((one) => present.has(one)), id],
          scopes: await compacted([...this.#ended.scopes, ...last.scopes]),
        };
        await writeWhole(this.#path(ENDED), writeJson(this.#ended));
      }
      for (const ending of [SEEN, LAST]) await rm(this.#path(id + ending), { force: true });
    }
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

/** The process that has the port, according to the folder. */
export function leaderOf(folder: string): Identity | undefined {
  return readJson(join(folder, LEADER), isIdentity);
}

function idOfFile(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
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
