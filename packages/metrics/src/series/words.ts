/** Normalizes the provider names and words of a service, and rejects ids and personal data. */

const MAX_LENGTH = 128;

/** The name of a provider: `mollie`, `pay.u-1`. */
const PROVIDER = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Words joined by underscores. */
const WORDS = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const MAX_WORDS_LENGTH = 40;

/** Provider ids: a prefix, then random letters with capitals or digits. */
const OBJECT_ID = /^[a-z]{2,6}_(?=[a-z]*[A-Z0-9])[A-Za-z0-9_]{14,}$/;
const UUID = /^[0-9a-f]{8}[-_]?(?:[0-9a-f]{4}[-_]?){3}[0-9a-f]{12}$/i;
/** Card, account, phone and row numbers. */
const LONG_NUMBER = /(?:\d[-_. ]?){5}/;

/** Normalizes a name that is not a known one. `undefined` if it is not a valid name. */
export function ownName(given: string): string | undefined {
  const name = given.length <= MAX_LENGTH ? given.trim() : '';
  const lower = name.toLowerCase();
  return PROVIDER.test(lower) && !isId(name) ? lower : undefined;
}

/**
 * Normalizes words that are not known ones: `Gift card`, `gift-card` and `giftCard` become `gift_card`. `undefined` if they
 * are not valid words.
 */
export function ownWords(given: string): string | undefined {
  const name = given.length <= MAX_LENGTH ? given.trim() : '';
  const words = name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toLowerCase()
    .replaceAll(/[\s./-]+/g, '_');
  const isWords = words.length <= MAX_WORDS_LENGTH && WORDS.test(words);
  return isWords && !isId(name) && !isNumbered(words) ? words : undefined;
}

function isId(name: string): boolean {
  return OBJECT_ID.test(name) || UUID.test(name) || LONG_NUMBER.test(name);
}

/** Whether a word is an id, such as `order_42` or `a1b2c3`, and not a kind, such as `pay_in_3`, `p24` or `b2b2c`. */
function isNumbered(words: string): boolean {
  const parts = words.split('_');
  return (
    /\d{3}/.test(words) ||
    /^\d{2}$/.test(parts.at(-1) ?? '') ||
    parts.some((part) => part.length > 5 && /\d\D+\d/.test(part))
  );
}
