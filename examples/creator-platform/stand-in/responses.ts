/** A response of the API. */
export interface ApiResponse {
  readonly status: number;
  readonly body: object;
}

/** An error in Stripe's format. */
export function errorResponse(status: number, param: string, message: string): ApiResponse {
  return { status, body: { error: { type: 'invalid_request_error', param, message } } };
}
