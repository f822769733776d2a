/** Exact sums, and amounts as the APIs write them. */
import { currencyExponent } from '../catalogue.ts';

const BILLION = 1_000_000_000n;

/**
 * SQL that sums a column in two halves, because SQLite's own sum fails above 64 bits and JavaScript's above 53. Together
 * with `joinSum` it is exact for any number of rows.
 */
export function sumColumns(column: string): string {
  return `coalesce(sum(${column} / 1000000000), 0) AS high, coalesce(sum(${column} % 1000000000), 0) AS low`;
}

/** The exact sum of the halves. */
export function joinSum({ high, low }: { readonly high: number; readonly low: number }): bigint {
  return BigInt(high) * BILLION + BigInt(low);
}

/** An amount as the APIs write it, with its currency and decimals; empty when there is none. */
export function amountFields(
  minor: number | null,
  currency: string | null,
): { readonly amount_minor?: string; readonly currency?: string; readonly exponent?: number } {
  if (minor === null || currency === null) return {};
  return { amount_minor: String(minor), currency, exponent: currencyExponent(currency) ?? 2 };
}

/** One field, or none where the column is empty: the APIs leave out what is not known. */
export function present<Name extends string, Stored>(
  name: Name,
  value: Stored | null,
): { readonly [Key in Name]?: Stored } {
  const fields: { [Key in Name]?: Stored } = {};
  if (value !== null) fields[name] = value;
  return fields;
}
