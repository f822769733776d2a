/** A minimal Express service; `/cpu` returns the CPU time of the process. */
import { createRequire } from 'node:module';

const express = createRequire(import.meta.url)('express');
const app = express();
app.get('/payments/:id', (request, response) => response.json({ id: request.params.id }));
app.get('/cpu', (_, response) => {
  const { user, system } = process.cpuUsage();
  response.json({ cpuMs: (user + system) / 1000 });
});
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
