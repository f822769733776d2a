import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { fileProblem } from '../db/sqlite-errors.ts';
import { messageOf } from '../error-code.ts';
import { TooCostly } from '../otlp/budget.ts';
import { decodeRequest, type Encoding, type Signal } from '../otlp/decode.ts';
import { encodeMessage, type Message } from '../otlp/messages.ts';
import { MalformedRequest } from '../otlp/read.ts';
import { BodyError, type BodyReader } from './body.ts';
import { send } from './response.ts';

/** The functions of the store that the receiver calls. */
export interface Receiver {
  readonly bodies: BodyReader;
  /** Stores a decoded request; returns the rejected records, by cause. */
  readonly store: (signal: Signal, request: Message, bytes: number) => ReadonlyMap<string, number>;
  /** Counts a request that could not be stored at all. */
  readonly countLost: (signal: Signal, cause: string) => void;
}

const CONTENT_TYPES: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

const RESPONSES: Readonly<Record<Signal, { readonly message: string; readonly rejected: string }>> =
  {
    traces: { message: 'TracesResponse', rejected: 'rejectedSpans' },
    metrics: { message: 'MetricsResponse', rejected: 'rejectedDataPoints' },
    logs: { message: 'LogsResponse', rejected: 'rejectedLogRecords' },
  };

/** Codes of `google.rpc.Status`, with the HTTP status that OTLP gives them. */
const FAILURES = {
  malformed: { status: 400, rpc: 3 },
  too_large: { status: 413, rpc: 8 },
  unsupported_encoding: { status: 415, rpc: 3 },
  unsupported_media_type: { status: 415, rpc: 3 },
  store_full: { status: 503, rpc: 14 },
  store_busy: { status: 503, rpc: 14 },
  store_unwritable: { status: 503, rpc: 14 },
  overloaded: { status: 503, rpc: 14 },
  store_damaged: { status: 500, rpc: 15 },
  internal: { status: 500, rpc: 13 },
} as const;

type FailureCode = keyof typeof FAILURES;

/** Value of `Retry-After` in seconds. */
const RETRY_AFTER_S = '5';

/** Handles one export request of OTLP/HTTP: it is acknowledged only after it was committed. */
export async function receive(
  receiver: Receiver,
  signal: Signal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const encoding = encodingOf(request);
  try {
    if (!encoding) throw new UnsupportedType(request.headers['content-type'] ?? '');
    const body = await receiver.bodies.read(request);
    const refused = receiver.store(signal, decodeRequest(signal, encoding, body), body.length);
    reply(request, response, encoding, {
      status: 200,
      message: RESPONSES[signal].message,
      fields: partial(signal, refused),
    });
  } catch (error) {
    // The sender closed the connection, which is not a failure of the store.
    if (request.destroyed && !request.complete) return;
    const code = failureOf(error);
    receiver.countLost(signal, code);
    if (code === 'internal') process.stderr.write(`moneytrail store: ${inspect(error)}\n`);
    const { status, rpc } = FAILURES[code];
    const fields = { code: rpc, message: `${code}: ${messageOf(error)}` };
    reply(request, response, encoding ?? 'json', { status, message: 'RpcStatus', fields });
  }
}

class UnsupportedType extends Error {
  constructor(type: string) {
    super(
      `Content-Type ${JSON.stringify(type)} is neither application/x-protobuf nor application/json`,
    );
    this.name = 'UnsupportedType';
  }
}

function encodingOf(request: IncomingMessage): Encoding | undefined {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type === CONTENT_TYPES.protobuf) return 'protobuf';
  return type === CONTENT_TYPES.json ? 'json' : undefined;
}

function failureOf(error: unknown): FailureCode {
  if (error instanceof BodyError) return error.problem;
  if (error instanceof TooCostly) return 'too_large';
  if (error instanceof MalformedRequest) return 'malformed';
  if (error instanceof UnsupportedType) return 'unsupported_media_type';
  return fileProblem(error) ?? 'internal';
}

function partial(signal: Signal, refused: ReadonlyMap<string, number>): Message {
  if (refused.size === 0) return {};
  const count = [...refused.values()].reduce((sum, some) => sum + some, 0);
  const errorMessage = [...refused].map(([cause, some]) => `${some} ${cause}`).join(', ');
  return { partialSuccess: { [RESPONSES[signal].rejected]: count, errorMessage } };
}

interface Reply {
  readonly status: number;
  readonly message: string;
  readonly fields: Message;
}

function reply(
  request: IncomingMessage,
  response: ServerResponse,
  encoding: Encoding,
  reply: Reply,
): void {
  const { status, message, fields } = reply;
  const headers = {
    'Content-Type': CONTENT_TYPES[encoding],
    'Cache-Control': 'no-store',
    ...(status === 503 && { 'Retry-After': RETRY_AFTER_S }),
  };
  const body =
    encoding === 'json' ? JSON.stringify(jsonFields(fields)) : encodeMessage(message, fields);
  send(request, response, { status, headers, body });
}

/** OTLP/JSON encodes 64-bit integers as strings. */
function jsonFields(fields: Message): Message {
  const { partialSuccess } = fields;
  if (typeof partialSuccess !== 'object' || partialSuccess === null) return fields;
  const texts = Object.entries(partialSuccess).map(([name, value]) => [name, String(value)]);
  return { partialSuccess: Object.fromEntries(texts) };
}
