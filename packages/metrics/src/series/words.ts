/** The form of the names and words that a service gives of its own, and what never becomes one: ids and what names a person. */

const MAX_LENGTH = 128;

/** A provider, as it calls itself: `mollie`, `pay.u-1`. */
const PROVIDER = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Words joined by underscores. */
const WORDS = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const MAX_WORDS_LENGTH = 40;

/** Provider ids: a prefix, and letters in no order with capitals or digits among them. */
const OBJECT_ID = /^[a-z]{2,6}_(?=[a-z]*[A-Z0-9])[A-Za-z0-9_]{14,}$/;
const UUID = /^[0-9a-f]{8}[-_]?(?:[0-9a-f]{4}[-_]?){3}[0-9a-f]{12}$/i;
/** Numbers of cards, accounts, telephones and rows. */
const LONG_NUMBER = /(?:\d[-_. ]?){5}/;

/** A name outside the known ones in the form it is recorded in, or `undefined` where it cannot be one. */
export function ownName(given: string): string | undefined {
  const name = given.length <= MAX_LENGTH ? given.trim() : '';
  const lower = name.toLowerCase();
  return PROVIDER.test(lower) && !isId(name) ? lower : undefined;
}

/**
 * Words outside the known ones in the form they are recorded in, or `undefined` where they cannot be any: `Gift card`, `gift-card`
 * and `giftCard` are all `gift_card`.
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

/** `order_42` and `a1b2c3` are one thing of many, `pay_in_3`, `p24` and `b2b2c` are kinds of things. */
function isNumbered(words: string): boolean {
  const parts = words.split('_');
  return (
    /\d{3}/.test(words) ||
    /^\d{2}$/.test(parts.at(-1) ?? '') ||
    parts.some((part) => part.length > 5 && /\d\D+\d/.test(part))
  );
}
