import { currencyExponent, type Money, providerExponent } from '@moneytrail/catalogue';

/** An amount in the form of Stripe's API. */
export interface StripeAmount {
  readonly amount: number;
  /** In lower case. */
  readonly currency: string;
}

/**
 * An amount as Stripe writes it. Stripe counts the decimals of a few currencies (ISK, MGA, UGX) otherwise than ISO 4217,
 * so the two meet here and nowhere else. Throws a `RangeError` when Stripe cannot take the amount exactly.
 */
export function stripeAmount({ minor, currency }: Money): StripeAmount {
  const iso = currencyExponent(currency) ?? 2;
  const own = providerExponent('stripe', currency) ?? iso;
  const scaled = minor * 10n ** BigInt(own);
  const unit = 10n ** BigInt(iso);
  if (scaled % unit !== 0n) throw new RangeError(`Stripe has no exact ${minor} of ${currency}`);
  return { amount: Number(scaled / unit), currency: currency.toLowerCase() };
}

/** Minor units that every charge in a currency is a multiple of. */
export function chargeStep(currency: string): bigint {
  const iso = currencyExponent(currency) ?? 2;
  const own = providerExponent('stripe', currency) ?? iso;
  // Of three decimals, Stripe wants the last one to be zero.
  const decimals = own === 3 ? 2 : own;
  return decimals < iso ? 10n ** BigInt(iso - decimals) : 1n;
}
