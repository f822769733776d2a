// Masks secrets and what names a person in any text.
import { MASK, maskPatterns } from './patterns.ts';
import { remembered } from './remember.ts';
import { HAS, signsIn } from './signs.ts';
import { maskUrl, URL_MASK } from './url.ts';

/** The longest text that is searched, in UTF-16 units; the rest is cut off, because nobody has looked at it. */
const MAX_TEXT = 32_768;

/**
 * The text with secrets and what names a person masked: values behind names of `REDACTED_FIELDS`, bearer and basic credentials,
 * JSON web tokens, private keys, keys with the beginnings of their makers, addresses as `maskUrl` leaves them, e-mail addresses,
 * phone numbers, card numbers (network and Luhn), IBANs (ISO 13616), and what databases quote of a row. It takes linear time,
 * reads at most 32,768 characters, and never throws.
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
 * The name of a field, an attribute or a span without secrets, as `maskText` leaves it. Names are few and come again, so they are
 * remembered.
 *
 * @example
 * ```ts
 * import { maskName } from '@moneytrail/privacy';
 * console.log(maskName('plan'), maskName('ada@example.com')); // plan [redacted]
 * ```
 */
export const maskName: (name: string) => string = remembered(maskText);

/** A copy, because a slice of a text keeps the whole text in memory. */
function beginningOf(text: string): string {
  return Buffer.from(text.slice(0, MAX_TEXT)).toString();
}

/** Addresses of the web; what ends a sentence stays outside. */
function maskUrls(text: string): string {
  if (!text.includes('://')) return text;
  return text.replace(/\b(?:http|ws)s?:\/\/[^\s"'<>`\\]+/gi, (found) => {
    const [url = ''] = /^.*?(?=[.,;:!?)\]}]*$)/.exec(found) ?? [];
    // In brackets the mask is not taken for a part of an e-mail address.
    return maskUrl(url).replace(`${URL_MASK}@`, `${MASK}@`) + found.slice(url.length);
  });
}
