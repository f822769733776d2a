/** Scans a string for signs of secrets. Most strings have none and are not searched further. */

/** The signs of a string, as bits. */
export const HAS = {
  /** A colon, as in a URL. */
  colon: 1,
  /** `?` or `&`, as in the query of a URL. */
  query: 2,
  /** A colon, an equals sign or an escape, as between a name and its value. */
  separator: 4,
  /** `@` or an escape, as in an e-mail address. */
  at: 8,
  plus: 16,
  caret: 32,
  dash: 64,
  underscore: 128,
  parenthesis: 256,
  /** Words that precede secrets or occur in errors of databases. */
  word: 512,
  /** As many digits as a card number. */
  digits: 1024,
  /** The prefix of a key or of a bank account. */
  key: 2048,
} as const;

/** A blank, or a character outside ASCII. */
const OTHER = 4096;

/** The bits of each ASCII character. */
const BITS: Uint16Array = bitsOf([
  [':', HAS.colon | HAS.separator],
  ['=', HAS.separator],
  ['%', HAS.separator | HAS.at | HAS.query],
  ['\\', HAS.at],
  ['@', HAS.at],
  ['?&', HAS.query],
  ['+', HAS.plus],
  ['^', HAS.caret],
  ['-', HAS.dash],
  ['_', HAS.underscore],
  ['()', HAS.parenthesis],
  [' \t\n\r', OTHER],
]);

const DIGITS_OF_CARD = 13;

/** Prefixes of API keys. */
const KEYS: string = [
  'eyJ',
  '[sr]k_(?:live|test)_',
  'sk-(?=[\\w-]{16})',
  'rzp_(?:live|test)_',
  '(?:live|test|sandbox)_(?=[A-Za-z0-9]{24})',
  'whsec_',
  'tok_',
  'pmc?_secret_',
  'EAAA(?=[\\w-]{16})',
  'sq0[a-z]{3}-',
  'access_token\\$',
  'gh[pousr]_',
  'github_pat_',
  'glpat-',
  'npm_',
  'xox[abeprs]-',
  'shp(?:at|ca|pa|ss)_',
  'SG\\.(?=[\\w-]{16})',
  'A[KS]IA',
  'AIza',
  'GOCSPX-',
  'ya29\\.',
  'dop_v1_',
].join('|');

/** An API key, or a token that is JSON in Base64. */
export const KEY: RegExp = new RegExp(
  `(?<![A-Za-z0-9])(?:${KEYS})(?:[\\w$+/=-]|\\.(?=\\w)){3,}`,
  'g',
);

/** The start of a word. This form is faster than a lookbehind. */
const KEY_OR_IBAN = new RegExp(
  `\\b(?:${KEYS}|[A-Za-z]{2}\\d\\d)|_(?:${KEYS}|[A-Za-z]{2}\\d\\d|secret_)`,
);

/** Most ids and messages: no sign, and fewer digits than a card number. */
const PLAIN = /^(?:[A-Za-z_/. ]*\d){0,12}[A-Za-z_/. ]*$/;

const WORD =
  /PRIVATE KEY|bearer|basic|entry|ncorrect|invalid|row contains|key value|dup key|JSON|insert\s|update\s|delete\s|select\s|invocation|password\s|identified|cv[vc]|csc|pin\s|otp\s|code\s/i;

/** The signs of a string, as bits of `HAS`. */
export function signsIn(text: string): number {
  const isPlain = PLAIN.test(text);
  let found = isPlain ? 0 : charactersIn(text);
  const hasBlank = isPlain ? text.includes(' ') : (found & OTHER) !== 0;
  if (hasBlank && WORD.test(text)) found |= HAS.word;
  if (KEY_OR_IBAN.test(text)) found |= HAS.key;
  return found & ~OTHER;
}

function bitsOf(characters: readonly (readonly [string, number])[]): Uint16Array {
  const bits = new Uint16Array(128);
  for (const [members, bit] of characters) {
    for (const member of members) bits[member.charCodeAt(0)] = bit;
  }
  return bits;
}

function charactersIn(text: string): number {
  let found = 0;
  let digits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) digits += 1;
    else found |= code < 128 ? (BITS[code] ?? 0) : OTHER;
  }
  return digits < DIGITS_OF_CARD ? found : found | HAS.digits;
}
