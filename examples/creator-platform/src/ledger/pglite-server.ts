/**
 * A replacement for PostgreSQL: PGlite in a separate process with its socket server, so that the service uses the same
 * driver and creates the same spans. Data is in memory; it runs one query at a time.
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
