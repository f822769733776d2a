/** Caches the results of a function of strings in bounded memory. */

/**
 * Wraps a function and caches its results for the first 5,000 strings of up to 256 characters. Others are computed each
 * time, so memory stays bounded.
 *
 * @example
 * ```ts
 * import { maskText, remembered } from '@moneytrail/privacy';
 * const maskName = remembered(maskText);
 * console.log(maskName('plan'), maskName('ada@example.com')); // plan [redacted]
 * ```
 */
export function remembered<Result extends string>(
  compute: (text: string) => Result,
): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = compute(text);
    if (results.size < MAX_TEXTS && text.length <= MAX_LENGTH) results.set(text, result);
    return result;
  };
}

const MAX_TEXTS = 5_000;
const MAX_LENGTH = 256;
