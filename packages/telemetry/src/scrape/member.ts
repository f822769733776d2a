// A process that does not have the port: it gives its metrics to the one that has, by a socket in the folder they share.
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { writeJson } from './json.ts';
import { type Identity, idOf } from './processes.ts';

/** Metrics of one process or thread, as they stood. */
export interface Snapshot {
  readonly from: Identity;
  readonly scopes: readonly ScopeMetrics[];
}

/** What the two roles need to know of this process. */
export interface Own {
  readonly identity: Identity;
  /** Rejects after the end of the telemetry. */
  readonly collect: () => Promise<readonly ScopeMetrics[]>;
  /** The series of the catalogue at once, for the last moment of the process. */
  readonly collectNow: () => readonly ScopeMetrics[];
  /** Marks a server whose requests are no work of the service. */
  readonly mark: (server: Server) => void;
}

/** Serves the metrics of this process in the folder. */
export class Member {
  readonly #own: Own;
  readonly #folder: string;
  readonly #server: Server;
  readonly #leave = (): void => this.#writeLast();
  /** What was shown last: instruments of the SDK cannot be read in the last moment. */
  #last: readonly ScopeMetrics[] = [];

  constructor(own: Own, folder: string) {
    this.#own = own;
    this.#folder = folder;
    this.#server = createServer((_, response) => {
      void this.#snapshot().then(
        (text) => response.end(text),
        () => response.destroy(),
      );
    });
    own.mark(this.#server);
    this.#server.on('error', () => {});
    this.#server.listen({ path: this.#path('.sock'), exclusive: true }).unref();
    process.once('exit', this.#leave);
  }

  /** Leaves the last numbers in the folder, and takes the socket away. */
  close(): void {
    this.#writeLast();
    this.resign();
  }

  /** Takes the socket away, for a process that has the port from now on. */
  resign(): void {
    process.off('exit', this.#leave);
    this.#server.close();
    rmSync(this.#path('.sock'), { force: true });
  }

  async #snapshot(): Promise<string> {
    const scopes = await this.#own.collect();
    this.#last = scopes;
    return writeJson({ from: this.#own.identity, scopes } satisfies Snapshot);
  }

  /** Counters of a process that has ended still count. Files of the folder are not worth an error. */
  #writeLast(): void {
    const now = this.#own.collectNow();
    const isNew = new Set(now.map(({ scope }) => scope.name));
    const scopes = [...now, ...this.#last.filter(({ scope }) => !isNew.has(scope.name))];
    const last: Snapshot = { from: this.#own.identity, scopes };
    try {
      writeFileSync(this.#path('.json'), writeJson(last), { mode: 0o600 });
    } catch {
      // The folder is gone: so is the process that would have read it.
    }
  }

  #path(ending: string): string {
    return join(this.#folder, idOf(this.#own.identity) + ending);
  }
}
