import { createServer } from 'node:net';
import { MoneytrailError } from '@moneytrail/catalogue';

/** Throws `MONEYTRAIL_START_PORT_IN_USE` when nothing can listen on the port, before anything has been started. */
export async function checkPort(option: string, port: number): Promise<void> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!free) throw new MoneytrailError('MONEYTRAIL_START_PORT_IN_USE', option, port);
  await new Promise((resolve) => {
    server.close(resolve);
  });
}
