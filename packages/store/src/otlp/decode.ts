import { messageOf } from '../error-code.ts';
import { checkJson, TooCostly } from './budget.ts';
import { decodeMessage, type Message } from './messages.ts';
import { isMessage, MalformedRequest } from './read.ts';

/** Kind of telemetry that OTLP carries, as in the path of its endpoint. */
export type Signal = 'traces' | 'metrics' | 'logs';

/** The two encodings of OTLP/HTTP. */
export type Encoding = 'protobuf' | 'json';

const REQUESTS: Readonly<Record<Signal, string>> = {
  traces: 'TracesRequest',
  metrics: 'MetricsRequest',
  logs: 'LogsRequest',
};

/** Reads the body of an export request. Throws `MalformedRequest`, whatever is wrong with the bytes, and `TooCostly`. */
export function decodeRequest(signal: Signal, encoding: Encoding, body: Uint8Array): Message {
  try {
    return encoding === 'json' ? parseJson(body) : decodeMessage(REQUESTS[signal], body);
  } catch (error) {
    if (error instanceof TooCostly) throw error;
    throw new MalformedRequest(messageOf(error));
  }
}

function parseJson(body: Uint8Array): Message {
  checkJson(body);
  const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  if (!isMessage(parsed)) throw new MalformedRequest('the request is not an object');
  return parsed;
}
