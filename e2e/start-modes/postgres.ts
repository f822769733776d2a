/** A PostgreSQL for the services of this folder: PGlite behind its socket, so that the `pg` driver is the real one. */
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const server = new PGLiteSocketServer({
  db: await PGlite.create(),
  host: '127.0.0.1',
  port: 0,
  maxConnections: 20,
});
await server.start();
console.log(`listening on ${server.getServerConn()}`);
