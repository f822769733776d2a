/**
 * What gives secrets away. Go's regular expressions find a pattern that begins with plain letters thirty times faster than
 * one that begins with a class, with alternatives or with `(?i)`: hence the many short patterns, without first letters that
 * are written large or small, and only two that begin otherwise.
 */

/** What stands around `=` and `:`, also in JSON and encoded for an address. */
const QUOTES = String.raw`(?:["'\\\s]|%2[027])*`;
const IS = `${QUOTES}(?:[=:]|%3[ADad])${QUOTES}`;
const GIVEN = String.raw`${IS}[^\s"'\\&;,<>]{3,}`;

/** Names of secrets in texts. */
const NAMES = ['assw(?:or)?d', 'ecret', 'oken', 'pi[_-]?key', 'ignature', 'uthorization'];
const LOUD_NAMES = ['ASSW(?:OR)?D', 'ECRET', 'OKEN', 'PI[_-]?KEY', 'IGNATURE', 'UTHORIZATION'];

/** Parameters of addresses with names too short to be looked for elsewhere. */
const PARAMETERS = '(?:sig|key|code|pwd|otp|auth|session)';

/** Beginnings of keys that are handed out with one. */
const PREFIXES = ['k_(?:live|test)_', 'whsec_', 'gh[pousr]_', 'github_pat_', 'glpat-', 'npm_'];
const MORE_PREFIXES = ['xox[abprs]-', 'AKIA', 'AIza'];

/** Words in front of the digits on the back of a card. */
const CODES = ['cv[vc]2?', 'CV[VC]2?', String.raw`ecurity(?:[\s_-]|%20)?[cC]ode`];
const CODE = String.raw`(?:["'\\\s=:#]|is|%2[027]|%3[ADad])*\d{3,4}\b`;

/** Secrets that announce themselves. What holds others comes first. */
const NAMED = [
  // In an address: user and password.
  String.raw`://[^\s/?#@"']+@`,
  String.raw`%3A%2F%2F[^\s/?#@"'&]+%40`,
  String.raw`eyJ[\w-]{6,}\.[\w-]+(?:\.[\w-]*)?`,
  ...['earer', 'EARER'].map((word) => String.raw`${word}(?:\s|%20)+[\w.~+/=-]{8,}`),
  String.raw`asic(?:\s|%20)+[A-Za-z0-9+/]{6,}(?:={1,2}|(?:%3D){1,2}|[A-Za-z0-9+/]{14,})`,
  ...[...NAMES, ...LOUD_NAMES].map((name) => name + GIVEN),
  ...['&', String.raw`\?`].map((before) => String.raw`${before}${PARAMETERS}=[^\s&#"']+`),
  ...[...PREFIXES, ...MORE_PREFIXES].map((prefix) => String.raw`${prefix}[\w-]{8,}`),
  ...CODES.map((word) => word + CODE),
  'BEGIN [A-Z ]*PRIVATE KEY[^-]*-----[^-]+',
];

/** Between the groups of a card number: space, tab, point, slash, underscore, plus, dashes, and spaces that do not break. */
const GAP_NO_DASH = String.raw`[ \t./_+\x{a0}\x{2009}\x{202f}]`;
const GAP = String.raw`[ \t./_+\x{a0}\x{2009}\x{202f}\x{2010}-\x{2014}-]`;

/**
 * Card numbers: 13 to 19 digits with the beginnings of the card networks, so that times and amounts stay; in one piece, in
 * groups with a gap after the first, with gaps elsewhere, or with a gap after every digit.
 */
const CARD =
  String.raw`(?:[3-6]\d|2[2-7])\d\d(?:\d{9,15}` +
  String.raw`|${GAP}{1,3}(?:\d{6}${GAP}{0,3}\d{4,5}|\d{3,4}${GAP}{0,3}\d{3,4}${GAP}{0,3}\d{2,7}(?:${GAP}{1,3}\d{1,3})?)` +
  // A dash between each of the last three groups would take the beginning of a UUID.
  String.raw`|\d{4}(?:\d{4}${GAP}{1,3}\d{2,7}|${GAP}{1,3}\d{5,11}|${GAP_NO_DASH}{1,3}\d{4}${GAP}{1,3}\d{2,7}))` +
  String.raw`|[2-6](?:${GAP}\d){12,18}`;

/** The groups of a number in an address, as long as they are many digits; the first group, alone, is none. */
const ENCODED_GAP = '(?:%[0-9A-Fa-f]{2}|-){1,9}';
const ENCODED =
  String.raw`%[0-9A-F]{2}${ENCODED_GAP.replace('{1,9}', '{0,8}')}(?:\d{6}${ENCODED_GAP}\d{4,5}` +
  String.raw`|\d{3,4}(?:${ENCODED_GAP}\d{3,4}${ENCODED_GAP}\d{2,4}|-\d{3,4}\b)|(?:\d${ENCODED_GAP}){11,}\d)`;

/** 15 to 34 letters and digits, also in groups of four. In small letters without dashes: those would take parts of a UUID. */
const JOINT = String.raw`[ \x{a0}-]?`;
const SPACE = String.raw`[ \x{a0}]?`;
const IBAN =
  String.raw`[A-Z]{2}\d\d(?:${JOINT}[A-Z0-9]{4}){2}(?:(?:${JOINT}[A-Z0-9]{4}){1,5}(?:${JOINT}[A-Z0-9]{1,3})?|${JOINT}[A-Z0-9]{3})` +
  String.raw`|[a-z]{2}\d\d(?:${SPACE}[a-z]{4}|${SPACE}\d{4})(?:${SPACE}\d{4}){2,6}(?:${SPACE}\d{1,3})?` +
  String.raw`|[a-z]{2}\d\d(?:${SPACE}\d{4}){2}${SPACE}\d{3}`;

const OUTSIDE = String.raw`\s"'<>(),;:=/?&@%`;
const EMAIL = String.raw`[\w.+%-]+(?:@|%40)[^${OUTSIDE}.]+(?:\.[^${OUTSIDE}.]+)*\.[^\d${OUTSIDE}.]{2,}`;

/** Texts that are replaced. User and password of an address come before e-mail addresses, which look alike. */
export const SECRET_VALUES: readonly string[] = [
  ...NAMED,
  ENCODED,
  String.raw`-\d{6}%20\d{4,5}\b`,
  String.raw`\b(?:${CARD}|${IBAN})\b`,
  EMAIL,
];

/** Keys whose value is replaced whatever it looks like, by a part of their name; `input_tokens` is no secret. */
export const SECRET_KEYS: readonly string[] = [
  'assw(?:or)?d',
  'ASSW(?:OR)?D',
  'ecret',
  'ECRET',
  'oken$',
  'OKEN$',
  'ookie$',
  'uthorization',
  'UTHORIZATION',
  'pi[._-]?[kK]ey',
  'API_KEY',
  'rivate[._-]?[kK]ey',
  'cv[vc]',
  'Cv[vc]',
  'CV[VC]',
  'ecurity[._-]?[cC]ode',
  'ard[._-]?[nN]umber',
  'CARD_NUMBER',
  'ccount[._-]?[nN]umber',
  '^(?:iban|IBAN)',
  String.raw`\.(?:iban|pan)$`,
  '_(?:iban|pan)$',
  '^(?:pan|PAN)$',
];

/** Letters and the punctuation of routes: a name that cannot hold a secret, looked at first because nearly all are such. */
export const PLAIN_NAME = '^[A-Za-z{}:/. -]*$';
