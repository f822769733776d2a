/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** An error in Stripe's form. */
export function refuse(status: number, param: string, message: string): Answer {
  return { status, body: { error: { type: 'invalid_request_error', param, message } } };
}
