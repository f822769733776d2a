/** Starts a store. */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { live } from './api/status.ts';
import { codedError } from './catalogue.ts';
import type { Database } from './db/database.ts';
import { DropCounter } from './db/drops.ts';
import { openDatabase } from './db/open.ts';
import { enforceLimits, hasRoom } from './db/retention.ts';
import { StoreClock } from './db/store-clock.ts';
import { errorCode, messageOf } from './error-code.ts';
import { ERRORS } from './errors.ts';
import { BodyReader } from './http/body.ts';
import { Live } from './http/live.ts';
import { MANIFEST } from './http/own-package.ts';
import type { Receiver } from './http/receiver.ts';
import type { Source } from './http/routes.ts';
import { createStoreServer } from './http/server.ts';
import { ingest } from './ingest.ts';
import { readOptions, type StoreConfig, type StoreOptions } from './options.ts';

/** A running store. */
export interface Store {
  /** Where it listens, `http://127.0.0.1:4318`: the OTLP endpoint, the HTTP API and the UI. */
  readonly url: string;
  /** Finishes the requests in progress, ends live streams and closes the files. It can be called twice. */
  readonly close: () => Promise<void>;
}

/** How often age and size are checked while nothing arrives. */
const TIDY_MS = 60_000;

/**
 * Starts the embedded backend: it receives OTLP/HTTP, keeps it in one SQLite file, and serves its HTTP API and UI,
 * on the loopback only. Rejects with a coded error on a bad option, a port in use, or files that cannot be used; once it
 * runs it does not fail.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { startStore } from '@moneytrail/store';
 * const store = await startStore({ port: 0, dataDir: mkdtempSync(join(tmpdir(), 'moneytrail-')) });
 * const sums = await fetch(`${store.url}/api/money`);
 * console.log(await sums.json()); // []
 * await store.close();
 * ```
 */
export async function startStore(options: StoreOptions): Promise<Store> {
  const config = readOptions(options);
  const db = openDatabase(config.dataDir, Date.now());
  const drops = new DropCounter(db);
  const stream = new Live(() => live(db));
  const clock = new StoreClock(db);
  const source = { db, drops, clock, limits: config, version: readVersion() };
  const server = createStoreServer({
    source,
    receiver: createReceiver(source, stream),
    live: stream,
    page: config.page,
  });
  const tidying = setInterval(() => tidy(source), TIDY_MS).unref();
  const stop = once(async () => {
    clearInterval(tidying);
    stream.close();
    await closeServer(server);
    closeFiles(db, drops, clock);
  });
  try {
    await listen(server, config);
  } catch (error) {
    await stop();
    throw error;
  }
  tidy(source);
  return { url: urlOf(server, config), close: stop };
}

function createReceiver(source: Source, stream: Live): Receiver {
  const { db, drops, clock, limits } = source;
  return {
    bodies: new BodyReader(),
    store: (signal, request, bytes) => {
      // Rows and indexes take about twice what the request took; when they took more, older records are deleted at once.
      if (!hasRoom(limits, 2 * bytes)) enforceLimits(db, limits, drops, clock.arrival(), 2 * bytes);
      const { refused, changed } = ingest(db, drops, signal, request, clock.arrival());
      if (!hasRoom(limits, 0)) tidy(source);
      stream.notify(changed);
      return refused;
    },
    countLost: (signal, cause) => {
      drops.add({ signal, cause, service: '', count: 1 }, Date.now());
      drops.flush();
    },
  };
}

/** Deletion fails on a full disk; the next run tries again. */
function tidy({ db, limits, drops, clock }: Source): void {
  try {
    enforceLimits(db, limits, drops, clock.arrival());
    clock.save();
  } catch (error) {
    process.stderr.write(`moneytrail store: cannot tidy up: ${messageOf(error)}\n`);
  }
  drops.flush();
}

function listen(server: Server, { port, host }: StoreConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error) => {
      const isTaken = ['EADDRINUSE', 'EACCES'].includes(String(errorCode(error)));
      reject(isTaken ? codedError(ERRORS, 'MONEYTRAIL_STORE_PORT_IN_USE', { port }) : error);
    });
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server, { host }: StoreConfig): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

function closeFiles(db: Database, drops: DropCounter, clock: StoreClock): void {
  drops.flush();
  saveSafely(clock);
  db.close();
}

/** A full disk must not keep the store from closing. */
function saveSafely(clock: StoreClock): void {
  try {
    clock.save();
  } catch (error) {
    process.stderr.write(`moneytrail store: cannot save its clock: ${messageOf(error)}\n`);
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}

/** The version of this package. */
function readVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  return version;
}
