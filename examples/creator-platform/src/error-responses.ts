import type { ErrorRequestHandler } from 'express';
import Stripe from 'stripe';
import type { Service } from './service.ts';

/** The last handler: every error gets a response with a code; only errors that the caller did not cause are logged. */
export function errorResponses({ log }: Service): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    const { status, code } = responseFor(error);
    if (status >= 500) log.error({ err: error }, 'request failed');
    res.status(status).json({ error: code });
  };
}

function responseFor(error: unknown): { status: number; code: string } {
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    return { status: 400, code: 'refused_by_stripe' };
  }
  if (error instanceof Stripe.errors.StripeError)
    return { status: 502, code: 'stripe_unavailable' };
  // body-parser sets a status on its errors.
  const status = error instanceof Error ? Reflect.get(error, 'status') : undefined;
  if (status === 413) return { status, code: 'body_too_large' };
  if (typeof status === 'number' && status < 500) return { status, code: 'invalid_request' };
  return { status: 500, code: 'internal' };
}
