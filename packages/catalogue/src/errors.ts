/**
 * Every error that Moneytrail raises, all of them at start-up or from a calculation that was asked for. A key is the code,
 * `message` makes the text and `remedy` says what to do; `docs/errors.md` is written from it.
 */
export const ERRORS = {
  MONEYTRAIL_MONEY_CURRENCY_MISMATCH: {
    message: (a: string, b: string): string =>
      `${a} and ${b} cannot be added: keep one sum per currency`,
    remedy: 'Keep one sum per currency, or convert with a rate of your own before adding.',
  },
  MONEYTRAIL_MONEY_NOT_EXACT: {
    message: (amount: string, currency: string, decimals: number): string =>
      `${JSON.stringify(amount)} is not an exact amount of ${currency}, which has ${decimals} decimals`,
    remedy: 'Pass a plain decimal with at most the decimals of the currency, or whole minor units.',
  },
  MONEYTRAIL_MONEY_UNKNOWN_CURRENCY: {
    message: (currency: string): string =>
      `${JSON.stringify(currency)} is not a currency of ISO 4217`,
    remedy: 'Use the three capital letters of ISO 4217, such as `EUR`.',
  },
} as const;

/** A code of `ERRORS`. */
export type ErrorCode = keyof typeof ERRORS;

/**
 * An error with a code and a page in `docs/errors.md`. It is raised at start-up or by a calculation, never on the path of
 * a payment.
 *
 * @example
 * ```ts
 * import { MoneytrailError, parseMoney } from '@moneytrail/catalogue';
 * try {
 *   parseMoney('1.234', 'EUR');
 * } catch (error) {
 *   if (error instanceof MoneytrailError) console.log(error.code); // MONEYTRAIL_MONEY_NOT_EXACT
 * }
 * ```
 */
export class MoneytrailError<Code extends ErrorCode = ErrorCode> extends Error {
  /** Stable code, also the anchor of its section in `docs/errors.md`. */
  readonly code: Code;

  constructor(code: Code, ...args: Parameters<(typeof ERRORS)[Code]['message']>) {
    // One cast: TypeScript cannot see that the arguments belong to the message of this very code.
    const message = ERRORS[code].message as (...values: typeof args) => string;
    super(`${code}: ${message(...args)} (docs/errors.md#${code.toLowerCase()})`);
    this.name = 'MoneytrailError';
    this.code = code;
  }
}
