import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { isMainThread } from 'node:worker_threads';
import { MoneytrailError } from '@moneytrail/catalogue';
import type { MetricReader } from '@opentelemetry/sdk-metrics';
import { PullReader } from './metric-reader.ts';
import type { OptionValues } from './options.ts';
import { prometheusText } from './prometheus.ts';

/** An answer of the endpoint. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The endpoint and what it reads. */
export interface Scrape {
  readonly reader: MetricReader;
  readonly close: () => void;
}

/**
 * Serves the metrics at `/metrics`, if a port was asked for. The server never holds the process. A port that cannot be had
 * is an uncaught `MONEYTRAIL_METRICS_PORT_TAKEN` before the service gets to its first event: Node tells it no earlier.
 * Worker threads leave the port to the main thread.
 */
export function serveMetrics({
  metricsPort: port,
  metricsHost: host,
  metricsToken: token,
}: OptionValues): Scrape | undefined {
  if (port === undefined || !isMainThread) return undefined;
  const reader = new PullReader();
  const server = createServer((request, response) => {
    void answerTo(request, token, reader).then(({ status, headers, body }) =>
      response.writeHead(status, headers).end(body),
    );
  });
  const refuse = (): never => {
    throw new MoneytrailError('MONEYTRAIL_METRICS_PORT_TAKEN', host, port);
  };
  server.once('error', refuse);
  // What goes wrong later must not end the service.
  server.once('listening', () => server.off('error', refuse).on('error', () => {}));
  server.on('connection', (socket) => socket.unref());
  server.listen(port, host).unref();
  return { reader, close: () => void server.close() };
}

async function answerTo(
  { url = '', method, headers }: IncomingMessage,
  token: string | undefined,
  reader: MetricReader,
): Promise<Answer> {
  if (url.split('?', 1)[0] !== '/metrics')
    return plain(404, 'Not found: metrics are at /metrics\n');
  if (method !== 'GET' && method !== 'HEAD')
    return plain(405, 'Only GET\n', { allow: 'GET, HEAD' });
  if (token !== undefined && !isSame(headers.authorization ?? '', `Bearer ${token}`)) {
    return plain(401, 'A bearer token is needed\n', { 'www-authenticate': 'Bearer' });
  }
  try {
    const { resourceMetrics } = await reader.collect();
    return plain(200, prometheusText(resourceMetrics), {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    });
  } catch {
    return plain(503, 'The metrics are shut down\n');
  }
}

function plain(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return { status, body, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } };
}

/** Compares digests, so that the time of the answer tells nothing about the token. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
