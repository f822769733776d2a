// A process that does not have the port: it gives its metrics to the one that has, by a socket in the folder they share.
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { writeWholeNow } from './folder.ts';
import { writeJson } from './json.ts';
import { type Identity, idOf } from './processes.ts';
import type { Snapshot } from './snapshot.ts';

/** Ending of the socket that a process is asked by. */
export const SOCKET = '.sock';

/** Ending of the file that a process writes in its last moment. */
export const LAST = '.last';

/** What the two roles need to know of this process. */
export interface Own {
  readonly identity: Identity;
  /** Rejects after the end of the telemetry. */
  readonly collect: () => Promise<readonly ScopeMetrics[]>;
  /** The series of the catalogue at once, for the last moment of the process. */
  readonly collectNow: () => readonly ScopeMetrics[];
  /** Marks a server whose requests are not work of the service. */
  readonly mark: (server: Server) => void;
  /** Says that the numbers of this process are not shown, and why. */
  readonly warn: (reason: string) => void;
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
    this.#server.on('error', ({ message }) => own.warn(message));
    this.#server.listen({ path: this.#path(SOCKET), exclusive: true }).unref();
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
    rmSync(this.#path(SOCKET), { force: true });
  }

  async #snapshot(): Promise<string> {
    const scopes = await this.#own.collect();
    this.#last = scopes;
    return writeJson({ from: this.#own.identity, scopes } satisfies Snapshot);
  }

  #writeLast(): void {
    writeWholeNow(this.#path(LAST), writeJson(lastOf(this.#own, this.#last)));
  }

  #path(ending: string): string {
    return join(this.#folder, idOf(this.#own.identity) + ending);
  }
}

/** The last numbers of this process: counters of a process that has ended still count. */
export function lastOf({ identity, collectNow }: Own, shown: readonly ScopeMetrics[]): Snapshot {
  const now = collectNow();
  const isNew = new Set(now.map(({ scope }) => scope.name));
  return {
    from: identity,
    scopes: [...now, ...shown.filter(({ scope }) => !isNew.has(scope.name))],
  };
}
