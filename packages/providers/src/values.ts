// How the values of a provider's objects become those of the catalogue: amounts, closed words, comparisons of signatures.
import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  ATTRIBUTES,
  type AttributeName,
  type AttributeValue,
  currencyExponent,
  type Money,
  type MoneyProvider,
  MoneytrailError,
  moneyFromProvider,
  moneyProblem,
  OTHER,
  valuesOf,
} from '@moneytrail/catalogue';
import type { ReadAmount } from './mapped-event.ts';

/**
 * An amount in minor units as exact money, or why it cannot be recorded. With `provider` the decimals are those that this provider
 * gives the currency, otherwise those of ISO 4217. The code of the currency may be in lower case. Never throws.
 *
 * @example
 * ```ts
 * import { readMoney } from '@moneytrail/providers';
 * console.log(readMoney(1999, 'eur'), readMoney(0.5, 'eur')); // { minor: 1999n, currency: 'EUR' } fractional_amount
 * ```
 */
export function readMoney(
  amount: unknown,
  currency: unknown,
  provider?: MoneyProvider,
): ReadAmount {
  if (amount === undefined || amount === null) return 'missing_amount';
  const code = typeof currency === 'string' ? currency.toUpperCase() : '';
  if (currencyExponent(code) === undefined) return 'unknown_currency';
  if (typeof amount !== 'number') return 'invalid_value';
  const problem = moneyProblem({ minor: amount, currency: code });
  return problem ?? converted(amount, code, provider);
}

/** What does not fit the decimals of ISO 4217 exactly is rejected. */
function converted(amount: number, currency: string, provider?: MoneyProvider): ReadAmount {
  if (provider === undefined) return { minor: BigInt(amount), currency };
  try {
    const money: Money = moneyFromProvider(provider, amount, currency);
    return moneyProblem(money) ?? money;
  } catch (error) {
    if (error instanceof MoneytrailError) return 'conversion';
    throw error;
  }
}

/**
 * Whether a provider's word is one of the values of an attribute.
 *
 * @example
 * ```ts
 * import { isValueOf } from '@moneytrail/providers';
 * console.log(isValueOf('refund.reason', 'duplicate'), isValueOf('refund.reason', 'whim')); // true false
 * ```
 */
export function isValueOf<Name extends AttributeName>(
  attribute: Name,
  word: string,
): word is AttributeValue<Name> & string {
  return word !== OTHER && (valuesOf(ATTRIBUTES[attribute])?.includes(word) ?? false);
}

/**
 * Look-up of a value by each of its words, which are separated by spaces.
 *
 * @example
 * ```ts
 * import { wordTable } from '@moneytrail/providers';
 * console.log(wordTable([['card', 'visa mastercard']]).get('visa')); // card
 * ```
 */
export function wordTable<const Value extends string>(
  groups: readonly (readonly [value: Value, words: string])[],
): ReadonlyMap<string, Value> {
  return new Map(
    groups.flatMap(([value, words]) =>
      words.split(' ').map((word): [string, Value] => [word, value]),
    ),
  );
}

const SHA256_HEX = /^[0-9a-f]{64}$/i;

/**
 * Whether a signature in hexadecimal is the HMAC with SHA-256 of the parts in their order. Compares in constant time; a signature of
 * another length is wrong.
 *
 * @example
 * ```ts
 * import { createHmac } from 'node:crypto';
 * import { isHmac } from '@moneytrail/providers';
 * const signature = createHmac('sha256', 'secret').update('body').digest('hex');
 * console.log(isHmac(signature, 'secret', ['body']), isHmac(signature, 'other', ['body'])); // true false
 * ```
 */
export function isHmac(
  signature: string,
  secret: string,
  parts: readonly (string | Uint8Array)[],
): boolean {
  const expected = createHmac('sha256', secret);
  for (const part of parts) expected.update(part);
  return (
    SHA256_HEX.test(signature) && timingSafeEqual(Buffer.from(signature, 'hex'), expected.digest())
  );
}
