/** A server that the tests of a file share. */
import { afterAll, beforeAll } from '@jest/globals';
import { PATIENCE_MS, type Server } from './server.ts';

/** Starts a server for all tests of a file; returns a function that returns its URL. */
export function sharedServer(start: () => Promise<Server>): () => string {
  let server: Server | undefined;
  beforeAll(async () => {
    server = await start();
  }, 2 * PATIENCE_MS);
  afterAll(() => server?.stop());
  return () => server?.url ?? '';
}
