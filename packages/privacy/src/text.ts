// Masks secrets and what names a person in any text, by pattern. Every pattern is bounded, so that the time is linear.

/** What stands in the place of something that was masked. */
export const MASK = '[redacted]';

/** The longest text that is searched, in UTF-16 units; the rest is cut off, because nobody has looked at it. */
const MAX_TEXT = 32_768;

/** One kind of secret: a cheap sign that it may be there, its pattern, and what is left of a match. */
interface Rule {
  readonly sign: RegExp;
  readonly pattern: RegExp;
  readonly mask: (match: string, ...groups: string[]) => string;
}

const all = (): string => MASK;
const keepFirst = (_: string, kept = ''): string => kept + MASK;

/** Words before a secret, and what stands between the two. */
const NAMED =
  /((?:passw(?:or)?d|passwd|pwd|passphrase|secret|token|api[_-]?key|private[_-]?key|signature|authorization|jsessionid|session[_-]?id|cvv2?|cvc2?)(?:["'\\\s]|%2[027]){0,4}(?:[=:]|%3[ad])(?:["'\\\s]|%2[027]){0,4}(?:(?:bearer|basic)\s{1,3})?)[^\s"'\\&;,<>]{1,2048}/gi;

/** Beginnings of keys, as their makers hand them out. */
const KEY_SIGN =
  /[sr]k_|whsec_|tok_|secret_|gh[pousr]_|github_pat_|glpat-|npm_|xox[abeprs]-|AKIA|AIza/;

const RULES: readonly Rule[] = [
  // User and password of an address; before e-mail addresses, which look alike.
  {
    sign: /:\/\//,
    pattern: /(:\/\/)[^\s/?#@"'<>]{1,512}@/g,
    mask: (_, start = '') => `${start}${MASK}@`,
  },
  {
    sign: /PRIVATE KEY/,
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}-----|$)/g,
    mask: all,
  },
  { sign: /eyJ/, pattern: /\beyJ[\w-]{6,2048}\.[\w-]{1,4096}(?:\.[\w-]{0,2048})?/g, mask: all },
  {
    sign: /bearer|basic/i,
    pattern: /\b((?:bearer|basic)\s{1,3})[\w.~+/=-]{6,8192}/gi,
    mask: keepFirst,
  },
  {
    sign: /passw|pwd|passphrase|secret|token|key|signature|authorization|session|cv[vc]/i,
    pattern: NAMED,
    mask: keepFirst,
  },
  {
    sign: KEY_SIGN,
    pattern:
      /\b(?:[sr]k_(?:live|test)_|whsec_|tok_|pmc?_secret_|gh[pousr]_|github_pat_|glpat-|npm_|xox[abeprs]-|AKIA|AIza)[\w-]{3,512}/g,
    mask: all,
  },
  { sign: /_secret_/, pattern: /\b([a-z]{2,10}_\w{1,128}_secret_)\w{1,256}/g, mask: keepFirst },
  // What databases say of a row that is there already, and of a value that they cannot read.
  { sign: /\)=\(/, pattern: /(\)=\()[^)]{1,2048}/g, mask: keepFirst },
  { sign: /Duplicate entry/, pattern: /(Duplicate entry ')[^']{1,2048}/g, mask: keepFirst },
  {
    sign: /invalid input/,
    pattern: /(invalid input [\w ]{1,60}: ")[^"]{1,2048}/g,
    mask: keepFirst,
  },
  {
    sign: /@|%40/,
    pattern:
      /[\w.+%!#$&'*/=?^`{|}~-]{1,64}(?:@|%40)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/giu,
    mask: all,
  },
  {
    sign: /\d(?:\D{0,3}\d){12}/,
    pattern:
      /(?<![\da-f.-])\d(?:[ \t./_+\u00a0\u2009\u202f\u2010-\u2014-]{0,3}\d){12,18}(?![\da-f-])/g,
    mask: (match) => (isCard(match) ? MASK : match),
  },
  {
    sign: /[A-Za-z]{2}\d\d/,
    pattern:
      /\b(?:[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]{2,4}){3,8}|[a-z]{2}\d{2}(?: [a-z0-9]{4}){2,7}(?: [a-z0-9]{1,3})?)\b/g,
    mask: (match) => (isIban(match) ? MASK : match),
  },
];

/** A text in which none of the signs is, which is nearly every one, costs this one look. */
const ANY_SIGN =
  /@|%40|:\/\/|eyJ|PRIVATE KEY|[sr]k_|whsec_|tok_|gh[pousr]_|github_pat_|glpat-|npm_|xox[abeprs]-|AKIA|AIza|passw|pwd|phrase|secret|token|key|signature|author|session|bearer|basic|cv[vc]|\)=\(|Duplicate entry|invalid input|\d(?:\D{0,3}\d){12}|[A-Za-z]{2}\d\d/i;

/**
 * The text with secrets and what names a person masked: passwords and tokens behind their names, bearer and basic credentials,
 * JSON web tokens, private keys, keys with the beginnings of their makers, user and password of addresses, e-mail addresses,
 * card numbers (network and Luhn) and IBANs (ISO 13616). It takes linear time, reads at most 32,768 characters, and never throws.
 *
 * @example
 * ```ts
 * import { maskText } from '@moneytrail/privacy';
 * console.log(maskText('card 4242 4242 4242 4242 of ada@example.com')); // card [redacted] of [redacted]
 * ```
 */
export function maskText(text: string): string {
  const read = text.length > MAX_TEXT ? beginningOf(text) : text;
  if (!ANY_SIGN.test(read)) return read;
  let masked = read;
  for (const { sign, pattern, mask } of RULES) {
    if (sign.test(masked)) masked = masked.replace(pattern, mask);
  }
  return masked;
}

/** A copy, because a slice of a text keeps the whole text in memory. */
function beginningOf(text: string): string {
  return Buffer.from(text.slice(0, MAX_TEXT)).toString();
}

/** Beginnings of the card networks. Many times and ids pass Luhn's check, too. */
const NETWORK = /^(?:4|5[0-8]|2[2-7]|3[0-9]|6)/;

function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  return NETWORK.test(digits) && luhnSum(digits) % 10 === 0;
}

/** The check of ISO/IEC 7812: every second digit from the right counts double. */
function luhnSum(digits: string): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

/** The check of ISO 13616: the number made of the rearranged text, letters as 10 to 35, leaves 1 when divided by 97. */
function isIban(text: string): boolean {
  const compact = text.replace(/[\s\u00a0-]/g, '').toUpperCase();
  if (compact.length < 15 || compact.length > 34) return false;
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
