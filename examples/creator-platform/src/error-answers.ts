import type { ErrorRequestHandler } from 'express';
import Stripe from 'stripe';
import type { Service } from './service.ts';

/** The last handler: every error gets an answer with a code, and only what is not the caller's fault a line in the log. */
export function errorAnswers({ log }: Service): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    const { status, code } = answerTo(error);
    if (status >= 500) log.error({ err: error }, 'request failed');
    res.status(status).json({ error: code });
  };
}

function answerTo(error: unknown): { status: number; code: string } {
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    return { status: 400, code: 'refused_by_stripe' };
  }
  if (error instanceof Stripe.errors.StripeError)
    return { status: 502, code: 'stripe_unavailable' };
  // body-parser says what is wrong with a body by a status of its own.
  const status = error instanceof Error ? Reflect.get(error, 'status') : undefined;
  if (status === 413) return { status, code: 'body_too_large' };
  if (typeof status === 'number' && status < 500) return { status, code: 'invalid_request' };
  return { status: 500, code: 'internal' };
}
