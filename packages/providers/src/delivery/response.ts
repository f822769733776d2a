// The response to a delivery: its result, its status, and what was wrong with it.
import type { AttributeValue } from '@moneytrail/catalogue';
import type { DropReason } from '@moneytrail/metrics';

/**
 * The result of a delivery, as in `moneytrail.webhook.deliveries`: `ok` (events recorded), `duplicate` (this delivery was seen
 * before), `ignored` (records no event: it says nothing about money, or other events record its money), `unrecognized` (unknown
 * type), `test_mode` (test money where live money counts) and `live_mode` (the other way round), of which nothing is recorded,
 * `invalid_signature`, `error`.
 */
export type WebhookResult = Exclude<AttributeValue<'webhook.result'>, '_OTHER'>;

/** Why a delivery was refused or failed; a `DropReason` says why one of its events could not be recorded. */
export type WebhookProblem = keyof typeof PROBLEM_STATUS | DropReason;

/** The response to one delivery. It is never thrown. */
export interface WebhookResponse<Payload = unknown> {
  readonly result: WebhookResult;
  /** HTTP status to send: 200 for everything that sending again would not change. */
  readonly status: number;
  /** Present when something was wrong. */
  readonly code?: WebhookProblem;
  /** The verified event; absent when the delivery could not be trusted or read. */
  readonly event?: Payload;
  /** What the application's own work threw, with the code `application_error`. */
  readonly error?: unknown;
}

const PROBLEM_STATUS = {
  signature_missing: 400,
  signature_invalid: 400,
  signature_expired: 400,
  json_invalid: 400,
  event_malformed: 400,
  event_thin: 400,
  body_aborted: 400,
  body_timeout: 408,
  body_overload: 503,
  body_too_large: 413,
  body_not_raw: 500,
  application_error: 500,
} as const;

/** Problems of requests that nobody may have signed: of the signature, and of a body that was never checked against it. */
export function isUnsigned(code: WebhookProblem | undefined): boolean {
  return code !== undefined && /^(?:signature|body)_/.test(code);
}

/**
 * The response to a delivery with a problem. One whose events were rejected gets the response 200: it is authentic, the application
 * works with it, and the same bytes would be rejected again.
 */
export function responseTo(code: WebhookProblem): WebhookResponse<never> {
  const status = isListed(code) ? PROBLEM_STATUS[code] : 200;
  return { result: code.startsWith('signature_') ? 'invalid_signature' : 'error', status, code };
}

function isListed(code: WebhookProblem): code is keyof typeof PROBLEM_STATUS {
  return Object.hasOwn(PROBLEM_STATUS, code);
}
