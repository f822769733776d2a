import Stripe from 'stripe';

/**
 * Stripe's code when a card was declined, the issuer's reason before Stripe's own; `undefined` for every other error, which
 * is no answer of a bank.
 */
export function declineCode(error: unknown): string | undefined {
  if (!(error instanceof Stripe.errors.StripeCardError)) return undefined;
  return error.decline_code ?? error.code ?? 'card_declined';
}
