/** Writes HTTP responses. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTP_ERRORS, type HttpError } from '../api/errors.ts';

/** Headers of every response: other pages cannot frame, sniff or embed responses of the store. */
const SAFETY: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Headers of a response. */
export type Headers = Readonly<Record<string, string>>;

/** Sends a whole response; `HEAD` gets its headers only. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  content: {
    readonly status: number;
    readonly headers: Headers;
    readonly body: Uint8Array | string;
  },
): void {
  if (response.headersSent || response.destroyed) return;
  const length = { 'Content-Length': String(Buffer.byteLength(content.body)) };
  response.writeHead(content.status, { ...SAFETY, ...length, ...content.headers });
  response.end(request.method === 'HEAD' ? undefined : content.body);
}

/** Sends JSON that is never cached. */
export function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: unknown,
): void {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  };
  send(request, response, { status, headers, body: JSON.stringify(value) });
}

/** Sends an error: `{ "error": { "code", "message" } }`. */
export function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: HttpError,
): void {
  sendJson(request, response, HTTP_ERRORS[error.code].status, {
    error: { code: error.code, message: error.message },
  });
}

/** Headers of a stream that has no length. */
export function streamHeaders(contentType: string): Headers {
  return { ...SAFETY, 'Content-Type': contentType, 'Cache-Control': 'no-store' };
}
