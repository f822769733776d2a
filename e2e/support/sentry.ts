/** An endpoint for Sentry's SDK, which stores what it receives. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

export interface SentrySink {
  /** The DSN for the SDK. */
  readonly dsn: string;
  /** Type and text of each received item. */
  readonly items: { readonly type: string; readonly text: string }[];
  close(): Promise<void>;
}

export async function startSentry(): Promise<SentrySink> {
  const items: SentrySink['items'] = [];
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const isZipped = request.headers['content-encoding'] === 'gzip';
    items.push(...itemsOf((isZipped ? gunzipSync(body) : body).toString()));
    response.end('{}');
  };
  const server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    dsn: `http://key@127.0.0.1:${port}/1`,
    items,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An envelope consists of lines of JSON: its header, then a header and a payload for each item. */
function itemsOf(envelope: string): SentrySink['items'] {
  const [, ...lines] = envelope.split('\n');
  const pairs = lines.map((line, index) => [line, lines[index + 1] ?? ''] as const);
  return pairs
    .filter(([header], index) => index % 2 === 0 && header !== '')
    .map(([header, text]) => ({ type: JSON.parse(header).type, text }));
}
