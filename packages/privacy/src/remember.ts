// Remembers what a function makes of texts that come again, within a bounded memory.

/**
 * The same function, which remembers its result for the first 5,000 texts of at most 256 characters. Further and longer ones are
 * computed each time, so that the memory stays bounded.
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
