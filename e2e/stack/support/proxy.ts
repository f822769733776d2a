import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** How the proxy responds: like the backend, with a status, or never. */
export type Manner = 'pass' | 'hang' | number;

/** A proxy in front of a backend, which can respond in its place. */
export interface Front {
  readonly url: string;
  /** Requests that it did not forward since the last change of its behaviour. */
  readonly kept: () => number;
  readonly behave: (manner: Manner) => void;
  readonly close: () => Promise<void>;
}

/** Starts a proxy in front of `target`, which may start later. */
export async function startFront(target: string): Promise<Front> {
  let manner: Manner = 'pass';
  let kept = 0;
  const server = createServer((request, response) => {
    if (manner === 'pass') return void pass(target, request, response);
    kept += 1;
    request.resume();
    if (typeof manner === 'number') response.writeHead(manner).end('{"message":"made up"}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    kept: () => kept,
    behave: (next) => {
      manner = next;
      kept = 0;
      // Hung requests would wait until the Collector gives up.
      if (next === 'pass') server.closeAllConnections();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const reply = await fetch(`${target}${request.url ?? ''}`, {
      method: request.method ?? 'POST',
      headers: headersOf(request),
      body: Buffer.concat(parts),
    });
    const body = Buffer.from(await reply.arrayBuffer());
    response.writeHead(reply.status, {
      'content-type': reply.headers.get('content-type') ?? 'application/json',
    });
    response.end(body);
  } catch {
    response.destroy();
  }
}

/** Bodies are forwarded unchanged, also when they are compressed. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const passed = ['content-type', 'content-encoding', 'x-scope-orgid'];
  return Object.fromEntries(
    passed.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
