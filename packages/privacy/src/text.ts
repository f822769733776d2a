/** Masks secrets and personal data in strings. */
import { MASK, maskPatterns } from './patterns.ts';
import { remembered } from './remember.ts';
import { HAS, signsIn } from './signs.ts';
import { maskUrl, URL_MASK } from './url.ts';

/** Maximum length of a string that is searched, in UTF-16 units. The rest is unsearched, so it is cut off. */
const MAX_TEXT = 32_768;

/**
 * Masks secrets and personal data in a string: values after names of `REDACTED_FIELDS`, bearer and basic credentials, JSON
 * web tokens, private keys, API keys with known prefixes, URLs as by `maskUrl`, e-mail addresses, phone numbers, card
 * numbers (network and Luhn), IBANs (ISO 13616), and quotes of rows in errors of databases. It takes linear time, reads at
 * most 32,768 characters, and never throws.
 *
 * @example
 * ```ts
 * import { maskText } from '@moneytrail/privacy';
 * console.log(maskText('card 4242 4242 4242 4242 of ada@example.com')); // card [redacted] of [redacted]
 * ```
 */
export function maskText(text: string): string {
  const read = text.length > MAX_TEXT ? beginningOf(text) : text;
  const signs = signsIn(read);
  if (signs === 0) return read;
  return maskPatterns((signs & HAS.colon) === 0 ? read : maskUrls(read), signs);
}

/**
 * Masks secrets in the name of a field, attribute or span, like `maskText`. Results are cached because names are few and
 * repeat.
 *
 * @example
 * ```ts
 * import { maskName } from '@moneytrail/privacy';
 * console.log(maskName('plan'), maskName('ada@example.com')); // plan [redacted]
 * ```
 */
export const maskName: (name: string) => string = remembered(maskText);

/** Copies a string, because a slice keeps the whole string in memory. */
function beginningOf(text: string): string {
  return Buffer.from(text.slice(0, MAX_TEXT)).toString();
}

/** URLs, without the punctuation that ends a sentence. */
function maskUrls(text: string): string {
  if (!text.includes('://')) return text;
  return text.replace(/\b(?:http|ws)s?:\/\/[^\s"'<>`\\]+/gi, (found) => {
    const [url = ''] = /^.*?(?=[.,;:!?)\]}]*$)/.exec(found) ?? [];
    // In brackets, the mask is not taken for part of an e-mail address.
    return maskUrl(url).replace(`${URL_MASK}@`, `${MASK}@`) + found.slice(url.length);
  });
}
