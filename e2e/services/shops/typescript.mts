// TypeScript in an ES module, as tsx runs it, with a part that Node.js cannot strip.
import express, { type Request, type Response } from 'express';
import pg from 'pg';
import { pino } from 'pino';
import shop from './shop.cjs';

// biome-ignore lint/style/noEnum: tsx compiles what Node.js does not strip.
enum Line {
  Read = 'by pino',
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const log = pino();
const app = express();

app.get('/orders/:id', async (request: Request, response: Response): Promise<void> => {
  await pool.query(shop.TABLES);
  log.info(Line.Read);
  response.send(shop.order(request.params.id));
});
app.get('/fails/:id', shop.fail);
const server = app.listen(0, '127.0.0.1', () => shop.listening(server));
