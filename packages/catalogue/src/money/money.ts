/** Exact amounts of money. */
import { codedError, type MoneytrailError } from '../coded.ts';
import { MONEY_ERRORS } from '../errors.ts';
import { guarded } from '../input.ts';
import { shownValue } from '../shown.ts';
import { currencyCode, currencyExponent } from './currencies.ts';

/** An exact amount: ISO 4217 minor units and currency code. `1999n EUR` is 19.99 euros, `1999n JPY` is 1999 yen. */
export interface Money {
  /** Minor units; may be negative in sums. */
  readonly minor: bigint;
  /** ISO 4217 code; `eur` is `EUR`. */
  readonly currency: string;
}

/** Why an amount cannot be recorded. Each is also a `drop.reason`. */
export type MoneyProblem =
  | 'unknown_currency'
  | 'negative_amount'
  | 'fractional_amount'
  | 'unsafe_amount';

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
const MAX_RECORDED = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Creates an amount of `minor` ISO 4217 minor units of a currency. The code may be in lower case and is converted to
 * capitals. Never throws, so it is safe in payment code: invalid amounts are rejected and counted when they are recorded.
 *
 * @example
 * ```ts
 * import { formatMoney, money } from '@moneytrail/catalogue';
 * console.log(formatMoney(money(1999n, 'EUR')), money(1999n, 'eur').currency); // 19.99 EUR
 * ```
 */
export function money(minor: bigint, currency: string): Money {
  return { minor, currency: currencyCode(currency) ?? currency };
}

/**
 * Why an amount cannot be recorded, or `undefined` if it can. Integers of type number are accepted for callers without
 * types. The limit is 2^53 - 1 minor units, the largest exact integer of OTLP attributes in JavaScript.
 *
 * @example
 * ```ts
 * import { moneyProblem, money } from '@moneytrail/catalogue';
 * console.log(moneyProblem(money(-1n, 'EUR')), moneyProblem(money(1n, 'EUR'))); // negative_amount undefined
 * ```
 */
export function moneyProblem(amount: {
  readonly minor: unknown;
  readonly currency: unknown;
}): MoneyProblem | undefined {
  try {
    return problemOf(Object(amount));
  } catch {
    // A getter or proxy passed by the caller threw.
    return 'unknown_currency';
  }
}

/**
 * Parses a decimal string such as `12.30` exactly. Throws `MONEYTRAIL_MONEY_UNKNOWN_CURRENCY`, or
 * `MONEYTRAIL_MONEY_NOT_EXACT` for anything that is not a plain decimal with at most the decimals of the currency.
 *
 * @example
 * ```ts
 * import { parseMoney } from '@moneytrail/catalogue';
 * console.log(parseMoney('12.30', 'EUR').minor, parseMoney('12', 'JPY').minor); // 1230n 12n
 * ```
 */
export function parseMoney(text: string, currency: string): Money {
  const code = codeOrThrow(currency);
  const exponent = currencyExponent(code) ?? 0;
  const match = typeof text === 'string' ? DECIMAL.exec(text) : null;
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (!match || /[1-9]/.test(fraction.slice(exponent))) {
    throw codedError(MONEY_ERRORS, 'MONEYTRAIL_MONEY_NOT_EXACT', {
      amount: shownValue(text),
      currency: code,
      decimals: exponent,
    });
  }
  const digits = whole + fraction.slice(0, exponent).padEnd(exponent, '0');
  return { minor: BigInt(sign + digits), currency: code };
}

/**
 * Formats an amount as a plain decimal with the decimals of the currency, without grouping and currency code. Throws
 * `MONEYTRAIL_MONEY_UNKNOWN_CURRENCY`, and `MONEYTRAIL_MONEY_NOT_EXACT` for minor units that are not integers.
 *
 * @example
 * ```ts
 * import { formatMoney, money } from '@moneytrail/catalogue';
 * console.log(formatMoney(money(5n, 'KWD')), formatMoney(money(-1999n, 'EUR'))); // 0.005 -19.99
 * ```
 */
export function formatMoney(amount: Money): string {
  const { minor: given, currency } = membersOf(amount);
  const exponent = exponentOrThrow(currency);
  const minor = wholeUnits(given, currency, exponent);
  const negative = minor < 0n;
  const digits = (negative ? -minor : minor).toString().padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const fraction = exponent === 0 ? '' : `.${digits.slice(cut)}`;
  return `${negative ? '-' : ''}${digits.slice(0, cut)}${fraction}`;
}

/**
 * The exact sum of two amounts of one currency. Throws `MONEYTRAIL_MONEY_CURRENCY_MISMATCH`: currencies are never added.
 * Minor units that are not integers throw `MONEYTRAIL_MONEY_NOT_EXACT`.
 *
 * @example
 * ```ts
 * import { addMoney, money } from '@moneytrail/catalogue';
 * console.log(addMoney(money(1999n, 'EUR'), money(1n, 'EUR')).minor); // 2000n
 * ```
 */
export function addMoney(a: Money, b: Money): Money {
  const [one, other] = [membersOf(a), membersOf(b)];
  const { currency } = one;
  if (currency !== other.currency) {
    const shown = { a: shownValue(currency), b: shownValue(other.currency) };
    throw codedError(MONEY_ERRORS, 'MONEYTRAIL_MONEY_CURRENCY_MISMATCH', shown);
  }
  const decimals = currencyExponent(currency) ?? 0;
  const unitsOf = ({ minor }: Money): bigint => wholeUnits(minor, currency, decimals);
  return { minor: unitsOf(one) + unitsOf(other), currency };
}

/** Reads both members of an amount once, and converts the code to capitals. Callers without types may pass any value. */
export function membersOf(amount: Money): Money {
  const read = (): Money => {
    const { minor, currency } = Object(amount);
    return { minor, currency: currencyCode(currency) ?? currency };
  };
  const wrong = (): MoneytrailError =>
    codedError(MONEY_ERRORS, 'MONEYTRAIL_MONEY_UNKNOWN_CURRENCY', { currency: '[unreadable]' });
  return guarded(read, wrong);
}

/**
 * Converts minor units to a bigint. Callers without types may pass integers. Strings are rejected because `+` would
 * concatenate them.
 */
export function wholeUnits(amount: unknown, currency: string, decimals: number): bigint {
  if (typeof amount === 'bigint') return amount;
  if (typeof amount === 'number' && Number.isSafeInteger(amount)) return BigInt(amount);
  throw codedError(MONEY_ERRORS, 'MONEYTRAIL_MONEY_NOT_EXACT', {
    amount: shownValue(amount),
    currency,
    decimals,
  });
}

/** Decimals of a currency. Throws `MONEYTRAIL_MONEY_UNKNOWN_CURRENCY`. */
export function exponentOrThrow(currency: string): number {
  return currencyExponent(codeOrThrow(currency)) ?? 0;
}

/** The code of a currency in capitals. Throws `MONEYTRAIL_MONEY_UNKNOWN_CURRENCY`. */
export function codeOrThrow(currency: string): string {
  const code = currencyCode(currency);
  if (code !== undefined) return code;
  throw codedError(MONEY_ERRORS, 'MONEYTRAIL_MONEY_UNKNOWN_CURRENCY', {
    currency: shownValue(currency),
  });
}

function problemOf({
  minor,
  currency,
}: {
  readonly minor: unknown;
  readonly currency: unknown;
}): MoneyProblem | undefined {
  if (currencyCode(currency) === undefined) return 'unknown_currency';
  if (typeof minor !== 'bigint') {
    if (typeof minor !== 'number' || !Number.isFinite(minor)) return 'unsafe_amount';
    if (!Number.isInteger(minor)) return 'fractional_amount';
  }
  if (minor < 0) return 'negative_amount';
  return minor > MAX_RECORDED ? 'unsafe_amount' : undefined;
}
