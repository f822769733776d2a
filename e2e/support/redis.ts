/** A temporary Redis server without persistence. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../dev/process/free-port.ts';
import { programOf, type Server, startServer } from './server.ts';

export async function startRedis(): Promise<Server> {
  const program = programOf('REDIS_SERVER', 'redis-server');
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'moneytrail-redis-'));
  const options = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no' };
  return await startServer({
    url: `redis://127.0.0.1:${port}`,
    command: [program, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])],
    folder,
    ready: /Ready to accept connections/,
  });
}
