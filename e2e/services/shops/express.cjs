// Express 4 in CommonJS, with PostgreSQL and two loggers. It ends as most services do.
const express = require('express');
const { Pool } = require('pg');
const { pino } = require('pino');
const winston = require('winston');
const shop = require('./shop.cjs');

const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const log = pino();
const lines = winston.createLogger({ transports: [new winston.transports.Console()] });
const app = express();

app.get('/orders/:id', async (request, response) => {
  await pool.query(shop.TABLES);
  log.info('by pino');
  lines.info('by winston');
  response.send(shop.order(request.params.id));
});
app.get('/fails/:id', shop.fail);
const server = app.listen(0, '127.0.0.1', () => shop.listening(server));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
