/** Errors of the HTTP API: status and text by code. `docs/store-api.md` lists them. */
export const HTTP_ERRORS = {
  ambiguous_payment: {
    status: 409,
    text: 'is a payment of each of these providers: ask for `/api/payments/PROVIDER/ID`',
  },
  bad_cursor: { status: 400, text: 'is not a cursor: pass `next` of the page before' },
  bad_filter: { status: 400, text: 'is not a known value' },
  bad_limit: { status: 400, text: 'is not a whole number within the limits' },
  bad_range: { status: 400, text: 'begins after its end: `from` has to be before `to`' },
  bad_time: {
    status: 400,
    text: 'is neither a time of RFC 3339 with its zone nor Unix milliseconds',
  },
  bad_trace_id: { status: 400, text: 'is not a trace id of 32 hexadecimal digits' },
  foreign_host: {
    status: 403,
    text: 'is not a name of this machine: the store serves its own machine only',
  },
  foreign_origin: { status: 403, text: 'is another web page: the store serves its own UI only' },
  internal: {
    status: 500,
    text: 'failed in the store: see the message on its standard error',
  },
  method_not_allowed: { status: 405, text: 'is not a method of this address' },
  not_found: { status: 404, text: 'is not an address of the store: see docs/store-api.md' },
  payment_not_found: { status: 404, text: 'is not a payment that the store holds' },
  too_many_clients: { status: 503, text: 'live streams are open already: close one' },
} as const;

/** Code of an error of a query API. */
export type HttpErrorCode = keyof typeof HTTP_ERRORS;

/** A request that a query API rejects. */
export class HttpError extends Error {
  /** Code of `HTTP_ERRORS`. */
  readonly code: HttpErrorCode;

  /** `what` is the invalid part of the request. */
  constructor(code: HttpErrorCode, what: string) {
    super(`${what} ${HTTP_ERRORS[code].text}`);
    this.name = 'HttpError';
    this.code = code;
  }
}

/** Formats a value of a request for an error message: quoted and truncated. */
export function quote(name: string, value: string): string {
  return `${name} ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`;
}
