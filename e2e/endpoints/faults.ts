/** What an endpoint does to a request besides taking it. `keep` notes the request as arrived. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export type Fault = (request: IncomingMessage, response: ServerResponse, keep: () => void) => void;

const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTE = Buffer.alloc(1_048_576, 'x');

function status(code: number, headers: Record<string, string> = {}): Fault {
  return (_, response) => response.writeHead(code, headers).end('x');
}

/** A complete response that the receiver sends after it has kept the data. */
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

/** One byte at a time, for ever. */
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
  'never answers': () => {},
  'answers after the time allowed': (_, response, keep) => {
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
  'sends protobuf that is none': says('\n\u007fno message', {
    'content-type': 'application/x-protobuf',
  }),
  'rejects one item': rejecting('1'),
  'rejects fewer than none': rejecting('-5'),
  'rejects more than there are': rejecting('999999999'),
  'rejects a word': rejecting('many'),
  'rejects an object': rejecting({}),
  'answers 301': status(301, { location: '/v1/elsewhere' }),
  'answers 307': status(307, { location: '/v1/elsewhere' }),
  'answers 400': status(400),
  'answers 401': status(401),
  'answers 404': status(404),
  'answers 413': status(413),
  'answers 429 with a wish in the past': status(429, {
    'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT',
  }),
  'answers 429 with a wish of no time': status(429, { 'retry-after': '0' }),
  'answers 500': status(500),
  'answers 502': status(502),
  'answers 503 with a nonsense wish': status(503, { 'retry-after': 'soon' }),
  'answers 503 with a wish of a second': status(503, { 'retry-after': '1' }),
};
