import {
  currencyExponent,
  type Money,
  moneyToProvider,
  providerExponent,
} from '@moneytrail/catalogue';

/** An amount in the format of Stripe's API. */
export interface StripeAmount {
  readonly amount: number;
  /** In lower case. */
  readonly currency: string;
}

/** Converts an amount to Stripe's format. Throws a `MoneytrailError` when Stripe cannot represent it exactly. */
export function stripeAmount(amount: Money): StripeAmount {
  return {
    amount: Number(moneyToProvider('stripe', amount)),
    currency: amount.currency.toLowerCase(),
  };
}

/** Minor units that every charge in a currency is a multiple of. */
export function chargeStep(currency: string): bigint {
  const iso = currencyExponent(currency) ?? 2;
  const own = providerExponent('stripe', currency) ?? iso;
  // With three decimals, Stripe requires the last one to be zero.
  const decimals = own === 3 ? 2 : own;
  return decimals < iso ? 10n ** BigInt(iso - decimals) : 1n;
}
