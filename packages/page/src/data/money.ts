/** Exact text of amounts: minor units are strings and never become a float. */

const MINUS = '−';

/**
 * Text of an amount with grouping and the decimals of its currency: `('125000', 3)` is `125.000`. Minor units that are
 * not a whole number are returned unchanged, because a wrong amount is worse than an unformatted one.
 */
export function formatMinor(minor: string, exponent = 0): string {
  if (!/^-?\d+$/.test(minor)) return minor;
  const digits = minor.replace('-', '').padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const whole = groupDigits(digits.slice(0, cut).replace(/^0+(?=\d)/, ''));
  const sign = minor.startsWith('-') ? MINUS : '';
  return exponent === 0 ? sign + whole : `${sign}${whole}.${digits.slice(cut)}`;
}

/** Money as the API sends it; every part may be missing. */
export interface AmountProps {
  readonly amount_minor?: string | undefined;
  readonly currency?: string | undefined;
  readonly exponent?: number | undefined;
}

/** An amount with its currency: `120.00 USD`; empty without an amount. An unknown exponent is marked. */
export function amountText(props: AmountProps): string {
  if (props.amount_minor === undefined) return '';
  const unit = props.exponent === undefined ? ' minor' : '';
  return `${formatMinor(props.amount_minor, props.exponent)} ${props.currency ?? ''}${unit}`.trimEnd();
}

/** Text of a count with grouping: `1204` is `1,204`. */
export function formatCount(count: number): string {
  return Number.isSafeInteger(count) ? groupDigits(String(count)) : String(count);
}

/** Exact sum of minor units; undefined when one of them is not a whole number. */
export function sumMinor(amounts: readonly string[]): bigint | undefined {
  if (!amounts.every((amount) => /^-?\d+$/.test(amount))) return undefined;
  return amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
}

/** `part` as a percentage of `whole` with at most one decimal, `15%`; empty without a whole. */
export function formatShare(part: string, whole: string): string {
  if (!/^-?\d+$/.test(part) || !/^\d+$/.test(whole) || BigInt(whole) === 0n) return '';
  const tenths = Number((BigInt(part) * 10_000n) / BigInt(whole)) / 10;
  return `${String(Math.round(tenths) / 10)}%`;
}

/** Digits in threes: `1204` is `1,204`. */
export function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
