import Stripe from 'stripe';

/**
 * The code of a declined card: the issuer's reason if there is one, otherwise Stripe's. `undefined` for all other errors,
 * which do not come from a bank.
 */
export function declineCode(error: unknown): string | undefined {
  if (!(error instanceof Stripe.errors.StripeCardError)) return undefined;
  return error.decline_code ?? error.code ?? 'card_declined';
}
