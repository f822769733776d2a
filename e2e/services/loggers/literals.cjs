// Queries with literals, by the clients of databases. There is no server: the spans of the queries are sent anyway.
require('@moneytrail/telemetry/register');
const knex = require('knex');
const mysql = require('mysql');
const mysql2 = require('mysql2');
const { Client } = require('pg');

const SQL = "SELECT * FROM payers WHERE email = 'ada@example.org' AND pin = 90417326";
const nowhere = { host: '127.0.0.1', port: 1, user: 'svc', password: 'hunter2' };
const quiet = () => {};

for (const query of [
  SQL,
  { text: SQL, name: 'by-mail' },
  { text: 'SELECT $1', values: ['ada@example.org'] },
]) {
  const client = new Client(nowhere);
  client.connect().catch(quiet);
  client.query(query).catch(quiet);
}
for (const make of [mysql, mysql2]) {
  const connection = make.createConnection(nowhere);
  connection.on('error', quiet);
  connection.query(SQL, quiet);
  connection.query('SELECT ?', ['ada@example.org'], quiet);
}
for (const client of ['pg', 'mysql2']) {
  const db = knex({ client, connection: nowhere, acquireConnectionTimeout: 300 });
  db('payers').where({ email: 'ada@example.org' }).catch(quiet);
  db.raw(SQL).catch(quiet);
}
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 1500);
