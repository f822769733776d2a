/**
 * Patterns of secrets. Go finds a pattern that starts with literal letters thirty times faster than one that starts with a
 * class, alternatives or `(?i)`. Therefore there are many short patterns without their first letter, which may be upper or
 * lower case, and only two others.
 */

/** Separators around `=` and `:`, also in JSON and URL-encoded. */
const QUOTES = String.raw`(?:["'\\\s]|%2[027])*`;
const IS = `${QUOTES}(?:[=:]|%3[ADad])${QUOTES}`;
const GIVEN = String.raw`${IS}[^\s"'\\&;,<>]{3,}`;

/** Names of secrets in strings. */
const NAMES = ['assw(?:or)?d', 'ecret', 'oken', 'pi[_-]?key', 'ignature', 'uthorization'];
const LOUD_NAMES = ['ASSW(?:OR)?D', 'ECRET', 'OKEN', 'PI[_-]?KEY', 'IGNATURE', 'UTHORIZATION'];

/** URL parameters with names that are too short to search for elsewhere. */
const PARAMETERS = '(?:sig|key|code|pwd|otp|auth|session)';

/** Prefixes of API keys. */
const PREFIXES = ['k_(?:live|test)_', 'whsec_', 'gh[pousr]_', 'github_pat_', 'glpat-', 'npm_'];
const MORE_PREFIXES = ['xox[abprs]-', 'AKIA', 'AIza'];

/** Words before the security code of a card. */
const CODES = ['cv[vc]2?', 'CV[VC]2?', String.raw`ecurity(?:[\s_-]|%20)?[cC]ode`];
const CODE = String.raw`(?:["'\\\s=:#]|is|%2[027]|%3[ADad])*\d{3,4}\b`;

/** Secrets with a recognizable form. Patterns that contain others come first. */
const NAMED = [
  // User and password in a URL.
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

/** Separators in card numbers: space, tab, dot, slash, underscore, plus, dashes and non-breaking spaces. */
const GAP_NO_DASH = String.raw`[ \t./_+\x{a0}\x{2009}\x{202f}]`;
const GAP = String.raw`[ \t./_+\x{a0}\x{2009}\x{202f}\x{2010}-\x{2014}-]`;

/**
 * Card numbers: 13 to 19 digits with the prefixes of card networks, to keep times and amounts. Without gaps, in groups,
 * with gaps elsewhere, or with a gap after every digit.
 */
const CARD =
  String.raw`(?:[3-6]\d|2[2-7])\d\d(?:\d{9,15}` +
  String.raw`|${GAP}{1,3}(?:\d{6}${GAP}{0,3}\d{4,5}|\d{3,4}${GAP}{0,3}\d{3,4}${GAP}{0,3}\d{2,7}(?:${GAP}{1,3}\d{1,3})?)` +
  // Dashes between all of the last three groups would match the start of a UUID.
  String.raw`|\d{4}(?:\d{4}${GAP}{1,3}\d{2,7}|${GAP}{1,3}\d{5,11}|${GAP_NO_DASH}{1,3}\d{4}${GAP}{1,3}\d{2,7}))` +
  String.raw`|[2-6](?:${GAP}\d){12,18}`;

/** The groups of a number in a URL, if they have many digits. The first group alone is not a card number. */
const ENCODED_GAP = '(?:%[0-9A-Fa-f]{2}|-){1,9}';
const ENCODED =
  String.raw`%[0-9A-F]{2}${ENCODED_GAP.replace('{1,9}', '{0,8}')}(?:\d{6}${ENCODED_GAP}\d{4,5}` +
  String.raw`|\d{3,4}(?:${ENCODED_GAP}\d{3,4}${ENCODED_GAP}\d{2,4}|-\d{3,4}\b)|(?:\d${ENCODED_GAP}){11,}\d)`;

/**
 * IBANs: 15 to 34 letters and digits, also in groups of four. Lower-case ones without dashes, which would match parts of
 * UUIDs.
 */
const JOINT = String.raw`[ \x{a0}-]?`;
const SPACE = String.raw`[ \x{a0}]?`;
const IBAN =
  String.raw`[A-Z]{2}\d\d(?:${JOINT}[A-Z0-9]{4}){2}(?:(?:${JOINT}[A-Z0-9]{4}){1,5}(?:${JOINT}[A-Z0-9]{1,3})?|${JOINT}[A-Z0-9]{3})` +
  String.raw`|[a-z]{2}\d\d(?:${SPACE}[a-z]{4}|${SPACE}\d{4})(?:${SPACE}\d{4}){2,6}(?:${SPACE}\d{1,3})?` +
  String.raw`|[a-z]{2}\d\d(?:${SPACE}\d{4}){2}${SPACE}\d{3}`;

const OUTSIDE = String.raw`\s"'<>(),;:=/?&@%`;
const EMAIL = String.raw`[\w.+%-]+(?:@|%40)[^${OUTSIDE}.]+(?:\.[^${OUTSIDE}.]+)*\.[^\d${OUTSIDE}.]{2,}`;

/** Patterns of replaced text. User and password of a URL come before e-mail addresses, which look similar. */
export const SECRET_VALUES: readonly string[] = [
  ...NAMED,
  ENCODED,
  String.raw`-\d{6}%20\d{4,5}\b`,
  String.raw`\b(?:${CARD}|${IBAN})\b`,
  EMAIL,
];

/** Patterns of keys whose values are always replaced, by parts of their names. `input_tokens` is not a secret. */
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

/** Letters and the punctuation of routes: names without secrets. Checked first because nearly all names are of this form. */
export const PLAIN_NAME = '^[A-Za-z{}:/. -]*$';
