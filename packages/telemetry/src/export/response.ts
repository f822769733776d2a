// Judges what an endpoint answered: only a complete OTLP response is a success.
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { DropCause } from './accounting.ts';

/** What became of one request. */
export type Outcome =
  /** The endpoint took it, but for `rejected` items. */
  | { readonly kind: 'accepted'; readonly rejected: number; readonly reason: string }
  /** It may be sent again, not before `afterMs` have passed where the endpoint says so. */
  | {
      readonly kind: 'later';
      readonly cause: DropCause;
      readonly reason: string;
      readonly afterMs?: number | undefined;
      /** The connection broke. An idle one may have been closed long before, which says nothing about the endpoint. */
      readonly isBroken?: boolean;
    }
  /** It is final; a part of the items may still be acceptable where `isForContent`. */
  | {
      readonly kind: 'refused';
      readonly cause: DropCause;
      readonly reason: string;
      readonly isForContent: boolean;
    };

/** A whole response: its body was received to the last byte. */
export interface WholeResponse {
  readonly status: number;
  readonly statusText: string;
  readonly contentType: string | undefined;
  readonly retryAfter: string | undefined;
  readonly body: Uint8Array;
}

const LATER = [429, 502, 503, 504];

/** Statuses that may concern a single item of a request. */
const FOR_CONTENT = [400, 413, 422];

const LONGEST_REASON = 200;

/** What a whole response to a request of `items` items means. Never throws. */
export function judge(response: WholeResponse, items: number): Outcome {
  const { status, statusText, retryAfter } = response;
  if (status >= 200 && status < 300) return judgeSuccess(response, items);
  const reason = plainText(statusText) || `HTTP status ${status}`;
  if (LATER.includes(status)) {
    return { kind: 'later', cause: 'export_failed', reason, afterMs: readRetryAfter(retryAfter) };
  }
  return {
    kind: 'refused',
    cause: causeOf(status),
    reason: [401, 403].includes(status)
      ? `${reason} (is its token in OTEL_EXPORTER_OTLP_HEADERS?)`
      : reason,
    isForContent: FOR_CONTENT.includes(status),
  };
}

/** A response that says nothing that can be relied on: what was sent counts as lost. */
export function invalidResponse(reason: string): Outcome {
  return { kind: 'refused', cause: 'invalid_response', reason, isForContent: false };
}

/** A stranger's text as one short line. */
export function plainText(text: string): string {
  return text
    .slice(0, LONGEST_REASON)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

function causeOf(status: number): DropCause {
  if (status === 413) return 'too_large';
  return status >= 400 && status < 500 ? 'rejected' : 'export_failed';
}

/** `Retry-After` is a number of seconds or a date. What cannot be read says nothing. */
function readRetryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

function judgeSuccess({ contentType = '', body }: WholeResponse, items: number): Outcome {
  if (body.byteLength === 0) return { kind: 'accepted', rejected: 0, reason: '' };
  const type = contentType.split(';', 1).join('').trim().toLowerCase();
  const isJson = type === 'application/json' || (type === '' && body[0] === 0x7b);
  if (!isJson && type !== 'application/x-protobuf' && type !== '') {
    return invalidResponse(`the response is ${plainText(type)}, not OTLP`);
  }
  try {
    return judgePartialSuccess(isJson ? readJson(body) : readProtobuf(body), items);
  } catch {
    return invalidResponse('the response is not OTLP');
  }
}

function readJson(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
}

/** Tag of the only field of a response. */
const PARTIAL_SUCCESS = 0x0a;

/** The responses of the three signals look the same on the wire. */
function readProtobuf(body: Uint8Array): unknown {
  if (body[0] !== PARTIAL_SUCCESS) throw new TypeError('not a response');
  return ProtobufTraceSerializer.deserializeResponse(body);
}

/** The names that the three signals give the number of items that were refused. */
const REJECTED = ['rejectedSpans', 'rejectedLogRecords', 'rejectedDataPoints'];

function judgePartialSuccess(response: unknown, items: number): Outcome {
  if (response === null) throw new TypeError('not an object');
  const partial = memberOf(response, 'partialSuccess');
  const counts = REJECTED.map((name) => memberOf(partial, name)).filter((one) => one != null);
  const rejected = Number(counts[0] ?? 0);
  const isCount = Number.isInteger(rejected) && rejected >= 0 && rejected <= items;
  if (!isCount || counts.some((one) => !/^\d+$/.test(String(one)))) {
    return invalidResponse(`the response rejects ${plainText(String(counts[0]))} of ${items}`);
  }
  const message = memberOf(partial, 'errorMessage');
  return {
    kind: 'accepted',
    rejected,
    reason: typeof message === 'string' ? plainText(message) : '',
  };
}

/** A member of an object; `undefined` where there is no object. Throws where something else stands in its place. */
function memberOf(object: unknown, name: string): unknown {
  if (object === undefined || object === null) return undefined;
  if (typeof object !== 'object' || Array.isArray(object)) throw new TypeError('not an object');
  return Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;
}
