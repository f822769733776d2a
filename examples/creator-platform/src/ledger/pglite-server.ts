/**
 * A PostgreSQL for a machine without one: PGlite in a process of its own behind its socket server, so that the service
 * talks to it with the same driver and makes the same spans. It lives in memory and answers one query at a time.
 */
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const db = await PGlite.create();
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 8 });
await server.start();
console.log(`Ledger is ready: postgres://postgres@${server.getServerConn()}/postgres`);

async function stop(): Promise<void> {
  await server.stop();
  await db.close();
  process.exit();
}

process.once('SIGTERM', () => void stop());
