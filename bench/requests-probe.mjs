/** An Express service that does next to nothing; `/cpu` says how much CPU time the process has used. */
import { createRequire } from 'node:module';

const express = createRequire(import.meta.url)('express');
const app = express();
app.get('/payments/:id', (request, response) => response.json({ id: request.params.id }));
app.get('/cpu', (_, response) => {
  const { user, system } = process.cpuUsage();
  response.json({ cpuMs: (user + system) / 1000 });
});
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
