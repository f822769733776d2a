/** Faults of an endpoint. `keep` records the request as received. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export type Fault = (request: IncomingMessage, response: ServerResponse, keep: () => void) => void;

const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTE = Buffer.alloc(1_048_576, 'x');

function status(code: number, headers: Record<string, string> = {}): Fault {
  return (_, response) => response.writeHead(code, headers).end('x');
}

/** A complete response, sent after the data was stored. */
function says(body: string | Buffer, headers: Record<string, string> = JSON_TYPE): Fault {
  return (_, response, keep) => {
    keep();
    response.writeHead(200, headers).end(body);
  };
}

function rejecting(count: unknown): Fault {
  const fields = ['rejectedSpans', 'rejectedLogRecords', 'rejectedDataPoints'];
  return (request, response, keep) => {
    const name = fields.find((_, index) =>
      request.url?.endsWith(['traces', 'logs', 'metrics'][index] ?? ''),
    );
    says(JSON.stringify({ partialSuccess: { [name ?? '']: count } }))(request, response, keep);
  };
}

/** Sends one byte at a time, without end. */
function dripping(write: (response: ServerResponse, request: IncomingMessage) => void): Fault {
  return (request, response) => {
    const timer = setInterval(() => write(response, request), 50);
    response.on('close', () => clearInterval(timer));
  };
}

function endless(response: ServerResponse): void {
  if (response.destroyed) return;
  if (response.write(MEGABYTE)) setImmediate(endless, response);
  else response.once('drain', () => endless(response));
}

export const FAULTS: Readonly<Record<string, Fault>> = {
  'resets the connection': ({ socket }) => void socket.resetAndDestroy(),
  'closes its half of the connection': ({ socket }) => void socket.end(),
  'never responds': () => {},
  'responds after the timeout': (_, response, keep) => {
    setTimeout(() => {
      keep();
      response.writeHead(200, JSON_TYPE).end('{}');
    }, 700).unref();
  },
  'drips its body': (request, response, keep) => {
    keep();
    response.writeHead(200, JSON_TYPE);
    dripping(() => response.write(' '))(request, response, keep);
  },
  'drips its headers': (request, response, keep) => {
    request.socket.write('HTTP/1.1 200 OK\r\n');
    dripping(() => request.socket.write('x-drip: 1\r\n'))(request, response, keep);
  },
  'cuts its response': ({ socket }, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '1000' }).write('{"partial');
    setTimeout(() => socket.destroy(), 20);
  },
  'sends 5 MB of response': says(Buffer.alloc(5_242_880, ' ')),
  'sends a response without end': (_, response) => {
    endless(response.writeHead(200, JSON_TYPE));
  },
  'sends a compressed bomb': says(gzipSync(Buffer.alloc(50 * 1_048_576)), {
    ...JSON_TYPE,
    'content-encoding': 'gzip',
  }),
  'sends garbage instead of HTTP': ({ socket }) => void socket.end('no HTTP at all\r\n\r\n\u0000'),
  'sends a header of 1 MB': ({ socket }) =>
    void socket.end(`HTTP/1.1 200 OK\r\nx: ${MEGABYTE}\r\n\r\n`),
  'sends HTML': says('<html>ok</html>', { 'content-type': 'text/html' }),
  'sends plain text': says('ok', { 'content-type': 'text/plain' }),
  'sends JSON that is cut': says('{"partialSuccess":'),
  'sends null': says('null'),
  'sends a list': says('[]'),
  'sends invalid protobuf': says('\n\u007fno message', {
    'content-type': 'application/x-protobuf',
  }),
  'rejects one item': rejecting('1'),
  'rejects a negative number': rejecting('-5'),
  'rejects more items than it received': rejecting('999999999'),
  'rejects a word': rejecting('many'),
  'rejects an object': rejecting({}),
  'responds with 301': status(301, { location: '/v1/elsewhere' }),
  'responds with 307': status(307, { location: '/v1/elsewhere' }),
  'responds with 400': status(400),
  'responds with 401': status(401),
  'responds with 404': status(404),
  'responds with 413': status(413),
  'responds with 429 and a Retry-After in the past': status(429, {
    'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT',
  }),
  'responds with 429 and a Retry-After of zero': status(429, { 'retry-after': '0' }),
  'responds with 500': status(500),
  'responds with 502': status(502),
  'responds with 503 and an invalid Retry-After': status(503, { 'retry-after': 'soon' }),
  'responds with 503 and a Retry-After of one second': status(503, { 'retry-after': '1' }),
};
