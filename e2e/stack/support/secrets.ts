import { hexOf } from './ids.ts';

/** A generated secret: its text, and the part that must not be found anywhere. */
export interface Secret {
  readonly kind: string;
  readonly text: string;
  /** The searched part; a card number and an IBAN are also searched with any separators. */
  readonly needle: string;
}

/** First digits and lengths by brand, in the groups printed on the card. */
const BRANDS = [
  { kind: 'Visa', prefix: '4', groups: [4, 4, 4, 4] },
  { kind: 'Visa of 13', prefix: '4', groups: [4, 3, 3, 3] },
  { kind: 'Visa of 19', prefix: '4', groups: [4, 4, 4, 4, 3] },
  { kind: 'Mastercard', prefix: '53', groups: [4, 4, 4, 4] },
  { kind: 'Mastercard 2', prefix: '2223', groups: [4, 4, 4, 4] },
  { kind: 'American Express', prefix: '37', groups: [4, 6, 5] },
  { kind: 'Discover', prefix: '6011', groups: [4, 4, 4, 4] },
  { kind: 'Diners Club', prefix: '36', groups: [4, 6, 4] },
  { kind: 'JCB', prefix: '3530', groups: [4, 4, 4, 4] },
  { kind: 'UnionPay', prefix: '62', groups: [4, 4, 4, 4] },
  { kind: 'Maestro', prefix: '6759', groups: [4, 4, 4, 4] },
] as const;

const NO_BREAK_SPACE = '\u00a0';
const SEPARATORS = [
  ...['', ' ', '-', '.', '/', NO_BREAK_SPACE, '_', ' - ', '  ', '\u2013', '\u2009'],
  'mixed',
  'every digit',
] as const;

/** Country, length of the part after the check digits, and its letters. */
const IBANS = [
  ['DE', '', 18],
  ['GB', 'NWBK', 14],
  ['FR', '', 23],
  ['NL', 'ABNA', 10],
  ['NO', '', 11],
  ['ES', '', 20],
  ['MT', 'MALT', 23],
] as const;

/** At least 200 secrets of all kinds, the same for the same seed. */
export function madeUpSecrets(seed: string): Secret[] {
  return [
    ...cards(seed),
    ...ibans(seed),
    ...many(24, (n) => email(`${seed} e-mail ${n}`, n)),
    ...many(24, (n) => urlToken(`${seed} url ${n}`, n)),
    ...many(12, (n) => urlUser(`${seed} user ${n}`, n)),
    ...many(16, (n) => jwt(`${seed} jwt ${n}`)),
    ...many(16, (n) => header(`${seed} header ${n}`, n)),
    ...many(24, (n) => providerKey(`${seed} key ${n}`, n)),
    ...many(16, cvv),
  ];
}

/** A card number of a brand with a valid check digit, its groups joined by a separator. */
function cards(seed: string): Secret[] {
  return BRANDS.flatMap(({ kind, prefix, groups }) =>
    SEPARATORS.map((separator) => {
      const length = groups.reduce<number>((sum, group) => sum + group, 0);
      const digits = withCheckDigit(
        prefix + digitsOf(`${seed} ${kind} ${separator}`, length - prefix.length - 1),
      );
      return {
        kind: `${kind} ${separator === '' ? 'plain' : JSON.stringify(separator)}`,
        text: separated(digits, groups, separator),
        needle: digits,
      };
    }),
  );
}

function separated(digits: string, groups: readonly number[], separator: string): string {
  if (separator === 'every digit') return [...digits].join(' ');
  let at = 0;
  const parts = groups.map((group) => {
    at += group;
    return digits.slice(at - group, at);
  });
  if (separator !== 'mixed') return parts.join(separator);
  return parts.reduce((joined, part, place) => `${joined}${place % 2 === 1 ? '-' : ' '}${part}`);
}

function ibans(seed: string): Secret[] {
  const forms: readonly ((compact: string) => string)[] = [
    (compact) => compact,
    (compact) => inFours(compact, ' '),
    (compact) => compact.toLowerCase(),
    (compact) => inFours(compact.toLowerCase(), ' '),
    (compact) => inFours(compact, '-'),
    (compact) => inFours(compact, NO_BREAK_SPACE),
  ];
  return IBANS.flatMap(([country, bank, length]) =>
    forms.map((form, n) => {
      const account = bank + digitsOf(`${seed} ${country} ${n}`, length);
      const compact = `${country}${ibanCheck(country, account)}${account}`;
      return { kind: 'IBAN', text: form(compact), needle: compact };
    }),
  );
}

function inFours(text: string, separator: string): string {
  return text.replaceAll(/(.{4})(?=.)/g, `$1${separator}`);
}

function ibanCheck(country: string, account: string): string {
  const numeric = [...`${account}${country}00`]
    .map((letter) => String(Number.parseInt(letter, 36)))
    .join('');
  return String(98n - (BigInt(numeric) % 97n)).padStart(2, '0');
}

function email(seed: string, n: number): Secret {
  const name = hexOf(seed, 16);
  const forms = [
    `ada.${name}@mail.example.com`,
    `Ada.${name}+shop@Example.CO.UK`,
    `${name}_x@sub-domain.example.io`,
    `"Ada L" <${name}@example.org>`,
  ];
  return { kind: 'e-mail', text: pick(forms, n), needle: name };
}

function urlToken(seed: string, n: number): Secret {
  const token = hexOf(seed, 64).slice(0, 40);
  const forms = [
    `https://shop.example/pay?order=7&token=${token}`,
    `https://shop.example/cb?access_token=${token}&state=1`,
    `https://shop.example/cb#access_token=${token}`,
    `https://shop.example/x?api_key=${token}`,
    `/reset?password=${token}`,
    `https://shop.example/cb?client_secret=${token}`,
  ];
  return { kind: 'token in a URL', text: pick(forms, n), needle: token };
}

function urlUser(seed: string, n: number): Secret {
  const word = `pw${hexOf(seed, 16)}`;
  const forms = [
    `postgres://ledger:${word}@db.example:5432/ledger`,
    `https://api:${word}@example.com/v1`,
    `amqps://worker:${word}@queue.example/vhost`,
  ];
  return { kind: 'user in a URL', text: pick(forms, n), needle: word };
}

function jwt(seed: string): Secret {
  const payload = base64({ sub: hexOf(seed, 16), role: 'payer' });
  const signature = Buffer.from(hexOf(seed, 64), 'hex').toString('base64url');
  const text = `${base64({ alg: 'HS256', typ: 'JWT' })}.${payload}.${signature}`;
  return { kind: 'JWT', text, needle: payload };
}

function header(seed: string, n: number): Secret {
  const word = hexOf(seed, 64).slice(0, 36);
  const basic = Buffer.from(`user:${word}`).toString('base64');
  const forms = [
    { text: `Authorization: Bearer ${word}`, needle: word },
    { text: `Bearer ${word}`, needle: word },
    { text: `authorization=Basic ${basic}`, needle: basic },
    { text: `bearer ${word}.${word.slice(0, 8)}`, needle: word },
  ];
  return { kind: 'authorization', ...pick(forms, n) };
}

function providerKey(seed: string, n: number): Secret {
  const word = hexOf(seed, 32);
  const prefixes = ['sk_live_', 'sk_test_', 'rk_live_', 'whsec_', 'ghp_', 'xoxb-'];
  return { kind: 'key', text: `${pick(prefixes, n)}${word}`, needle: word };
}

/** Three digits are a secret only with the word before them, so both are searched together. */
function cvv(n: number): Secret {
  const digits = String(213 + n * 37).padStart(n % 4 === 3 ? 4 : 3, '1');
  const forms = [
    `cvv=${digits}`,
    `CVC: ${digits}`,
    `cvv2 ${digits}`,
    `"cvc":"${digits}"`,
    `security code: ${digits}`,
    `card_cvv=${digits}`,
  ];
  return { kind: 'CVV', text: pick(forms, n), needle: pick(forms, n) };
}

/** Appends the Luhn check digit. */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function digitsOf(seed: string, length: number): string {
  const number = BigInt(`0x${hexOf(seed, 64)}`);
  return String(number).slice(1, 1 + length);
}

function base64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[], n: number): Item {
  const item = items[n % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function many(count: number, make: (n: number) => Secret): Secret[] {
  return Array.from({ length: count }, (_, n) => make(n));
}
