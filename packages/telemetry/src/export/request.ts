// Sends one request. Whatever the endpoint does, the result is available within the time limit.
import { type Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { hintOfError } from './hints.ts';
import { invalidResponse, type Outcome, plainText, type WholeResponse } from './response.ts';

/** Where requests go, and with what. */
export interface Endpoint {
  readonly url: string;
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
  readonly isCompressed: boolean;
  /** The longest that one request may take, from the first byte sent to the last byte received. */
  readonly timeoutMs: number;
}

/** A request that the last thread of the process sends, once. */
export interface LastRequest {
  readonly endpoint: Endpoint;
  readonly body: Uint8Array;
  /** Takes the response, or the reason that there is none. */
  readonly settle: (reply: WholeResponse | NoResponse) => void;
}

/** Why there is no response. */
export interface NoResponse {
  readonly cause: 'export_failed' | 'shutdown';
  readonly reason: string;
}

/** A response, or the outcome where there is none. */
export type Reply = { readonly response: WholeResponse } | { readonly outcome: Outcome };

/** An OTLP response takes a few bytes; longer ones are something else. */
export const MAX_RESPONSE_BYTES = 65_536;

/** Extra time for a request whose deadline passed while the process was blocked, because the response may have arrived. */
const GRACE_MS = 1000;

/** The OTLP specification asks exporters to identify themselves. Headers of the environment win. */
export const USER_AGENT = 'Moneytrail-OTLP-Exporter-JavaScript';

const compress = promisify(gzip);

/** Sends `body` once. Never rejects, and keeps neither the process nor a connection alive beyond the time limit. */
export async function post(endpoint: Endpoint, body: Uint8Array): Promise<Reply> {
  try {
    const data = endpoint.isCompressed ? await compress(body) : body;
    return await exchange(endpoint, data);
  } catch (error) {
    return { outcome: failed(error) };
  }
}

function exchange(
  { url, agent, headers, isCompressed, timeoutMs }: Endpoint,
  data: Uint8Array,
): Promise<Reply> {
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const encoding = isCompressed ? { 'content-encoding': 'gzip' } : {};
    const request = send(url, {
      method: 'POST',
      agent,
      headers: {
        'user-agent': USER_AGENT,
        ...headers,
        ...encoding,
        'content-length': data.byteLength,
      },
    });
    const settle = (reply: Reply, isComplete = false): void => {
      stopWatch();
      resolve(reply);
      if (!isComplete) request.destroy();
    };
    const stopWatch = watchDeadline(timeoutMs, () => settle({ outcome: TIMED_OUT }));
    // The handler stays: an error after the response must not end the process either.
    request.on('error', (error) => settle({ outcome: failed(error) }));
    request.on('response', (response) => receive(response, settle));
    request.end(data);
  });
}

const TIMED_OUT: Outcome = { kind: 'later', cause: 'timeout', reason: 'no response in time' };

function receive(
  response: IncomingMessage,
  settle: (reply: Reply, isComplete?: boolean) => void,
): void {
  const { statusCode: status = 0, statusMessage: statusText = '', headers } = response;
  const head = {
    status,
    statusText,
    contentType: headers['content-type'],
    retryAfter: headers['retry-after'],
  };
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The body of an error adds nothing to its status.
  const settleWithout = (outcome: Outcome): void =>
    settle(status < 300 ? { outcome } : { response: { ...head, body: new Uint8Array() } });
  response.on('data', (chunk: Uint8Array) => {
    size += chunk.byteLength;
    if (size <= MAX_RESPONSE_BYTES) chunks.push(chunk);
    else settleWithout(invalidResponse(`the response exceeds ${MAX_RESPONSE_BYTES} bytes`));
  });
  const cut = (): void => settleWithout(failed(new Error('the response was cut off')));
  response.on('error', cut);
  response.on('close', cut);
  response.on('end', () => {
    if (response.complete) settle({ response: { ...head, body: Buffer.concat(chunks) } }, true);
  });
}

/**
 * Calls `expire` when the time is over. A timer that fires late shows that the process was blocked, by the event loop or a stop signal;
 * then a response that has arrived gets a moment to be read.
 */
function watchDeadline(timeoutMs: number, expire: () => void): () => void {
  const endMs = performance.now() + timeoutMs;
  let timer = setTimeout(() => {
    const isLate = performance.now() > endMs + GRACE_MS / 10;
    if (isLate) timer = setTimeout(expire, Math.min(GRACE_MS, timeoutMs)).unref();
    else expire();
  }, timeoutMs).unref();
  return () => clearTimeout(timer);
}

function failed(error: unknown): Outcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? (hintOfError(error) ?? error.message) : '';
  return {
    kind: 'later',
    cause: code === 'ETIMEDOUT' ? 'timeout' : 'export_failed',
    reason: plainText(message || code) || 'the endpoint does not answer',
    isBroken: ['ECONNRESET', 'EPIPE'].includes(code),
  };
}
