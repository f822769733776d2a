/** As much of a Redis as a client needs that asks for keys: it has none of them. */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

export interface Redis {
  readonly url: string;
  close(): void;
}

/** Each command that arrives begins with the number of its parts, and is answered. */
export async function startRedis(): Promise<Redis> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      for (const [, name] of String(chunk).matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g)) {
        socket.write(name?.toLowerCase() === 'get' ? '$-1\r\n' : '+OK\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `redis://127.0.0.1:${port}`, close: () => server.close() };
}
