/** Tests of masking in texts, URLs, queries and fields. */
import { describe, expect, it } from '@jest/globals';
import {
  maskPath,
  maskQuery,
  maskSql,
  maskText,
  maskUrl,
  redactor,
  sensitiveFields,
} from '@moneytrail/privacy';
import fc from 'fast-check';

function withCheckDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return body + ((10 - (sum % 10)) % 10);
}

const digits = (length: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^\\d{${length}}$`));

describe('a text with a secret', () => {
  it.each([
    ['a card number', 'card 4242424242424242 declined', 'card [redacted] declined'],
    ['a card number in groups', 'card 5555 5555 5555 4444.', 'card [redacted].'],
    ['a card number with dashes', 'card 3782-822463-10005', 'card [redacted]'],
    ['an e-mail address', 'to ada+x@mail.example.com now', 'to [redacted] now'],
    ['an e-mail address in an address', 'u=ada%40example.com', '[redacted]'],
    ['an IBAN', 'to DE89 3704 0044 0532 0130 00 now', 'to [redacted] now'],
    ['an IBAN in one piece', 'GB82WEST12345698765432', '[redacted]'],
    ['a JSON web token', 'got eyJhbGciOiJ.eyJzdWIiOiI.c2ln', 'got [redacted]'],
    ['a bearer token', 'Authorization: Bearer abc.def-123', 'Authorization: [redacted]'],
    ['a bearer token without its header', 'sent Bearer abc.def-123', 'sent Bearer [redacted]'],
    ['basic credentials', 'Basic dXNlcjpwYXNz', 'Basic [redacted]'],
    ['a key of Stripe', 'sk_live_51H8xyzABC rejected', '[redacted] rejected'],
    ['a signing secret', 'whsec_abcdefgh', '[redacted]'],
    ['a key of AWS', 'AKIAIOSFODNN7EXAMPLE', '[redacted]'],
    ['a client secret', 'pi_3Abc_secret_9xYz', 'pi_3Abc_secret_[redacted]'],
    ['a password in an address', 'postgres://app:hunter2@db/pay', 'postgres://[redacted]@db/pay'],
    ['a password by its name', 'password=hunter2 ok', 'password=[redacted] ok'],
    ['a token in JSON', '{"token":"abc","n":1}', '{"token":"[redacted]","n":1}'],
    [
      'a key of a row',
      'Key (email)=(ada) already exists',
      'Key (email)=([redacted]) already exists',
    ],
    [
      'a duplicate of MySQL',
      "Duplicate entry 'ada' for key",
      "Duplicate entry '[redacted]' for key",
    ],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----', '[redacted]'],
  ])('loses %s', (_, text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it('has every card number masked: 13 to 19 digits of a network, in any grouping', () => {
    const card = fc
      .integer({ min: 13, max: 19 })
      .chain((length) => digits(length - 2).map((body) => withCheckDigit(`4${body}`)));
    fc.assert(
      fc.property(card, fc.constantFrom('', ' ', '-', '.'), (number, gap) => {
        const shown = number.replace(/(\d{4})(?=\d)/g, `$1${gap}`);
        expect(maskText(`paid with ${shown}!`)).toBe('paid with [redacted]!');
      }),
    );
  });
});

describe('a text without a secret', () => {
  it.each([
    'order 4242424242424241',
    '2026-11-27T19:29:36.123Z',
    '1795812547087000000',
    '1795812547087',
    'pi_3MtwBwLkdIwHu7ix28a3tqPa',
    'evt_1NG8Du2eZvKYlo2CUI79vXWy',
    '0b0f7c1e-5a53-4f6e-9d7e-1d2f3a4b5c6d',
    '4bf92f3577b34da6a3ce929d0e0e4736',
    'payment.succeeded 19.99 EUR',
    'GET /v1/payment_intents',
    'used 1200 input tokens',
    'v24.21.0',
    '10.0.0.1:5432',
    'the token bucket is empty',
    'https://api.stripe.com/v1/charges',
    '',
  ])('stays: %s', (text) => {
    expect(maskText(text)).toBe(text);
  });

  it('is kept, if it consists of words', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 20 });
    fc.assert(fc.property(words, (list) => expect(maskText(list.join(' '))).toBe(list.join(' '))));
  });
});

it.each([
  ['letters', 'x'],
  ['digits', '4'],
  ['digits with gaps', '4 '],
  ['beginnings of tokens', 'eyJ-'],
  ['beginnings of addresses', '://'],
  ['signs of e-mail', 'a@'],
  ['groups of an IBAN', 'AA00 '],
  ['words before secrets', 'token='],
  ['quotes', `token"'`],
  ['parentheses', ')=('],
  ['backslashes', '\\'],
  ['names', 'name of a:'],
  ['names of headers', 'cookie='],
  ['brackets', 'token=('],
  ['statements', 'select a '],
  ['statements with a text', "insert into x 'a"],
  ['escapes', '4%20'],
  ['queries', '?a=&'],
  ['addresses of the web', 'http://a,'],
  ['countries', 'DE89 3704 '],
  ['plus signs', '+1234 '],
  ['beginnings of keys', 'sk_live_'],
])('two megabytes of %s are read in linear time', (_, unit) => {
  const text = unit.repeat(2_000_000 / unit.length);
  for (const mask of [maskText, maskUrl, maskPath, maskQuery]) {
    expect(mask(text).length).toBeLessThanOrEqual(32_768);
  }
  expect(maskSql(`'${text}`, 'mysql').length).toBeLessThanOrEqual(4096);
});

describe('URLs', () => {
  it.each([
    [
      'https://u:p@api.example/v1/pay?key=1#top',
      'https://REDACTED@api.example/v1/pay?key=REDACTED',
    ],
    [
      'https://api.stripe.com/v1/payment_intents/pi_3abcdefgh/confirm',
      'https://api.stripe.com/v1/payment_intents/pi_3abcdefgh/confirm',
    ],
    ['http://h/users/ada@example.com/cards/M54', 'http://h/users/REDACTED/cards/REDACTED'],
    ['http://h/a;jsessionid=1?x', 'http://h/a;REDACTED?REDACTED'],
    ['/orders/42/items', '/orders/42/items'],
    [
      '/orders/0b0f7c1e-5a53-4f6e-9d7e-1d2f3a4b5c6d',
      '/orders/0b0f7c1e-5a53-4f6e-9d7e-1d2f3a4b5c6d',
    ],
    ['/reset/sk_live_abcdef12', '/reset/REDACTED'],
    ['not an address', 'not an address'],
  ])('%s becomes %s', (url, masked) => {
    expect(maskUrl(url)).toBe(masked);
  });
});

describe('queries', () => {
  it.each([
    [
      "select * from u where a = 'x' and b = 5",
      'postgresql',
      'select * from u where a = ? and b = ?',
    ],
    ["select 'it''s', E'it''s', $t$it's$t$", 'postgresql', 'select ?, ?, ?'],
    // Whether a backslash escapes a quote is a setting of the server, so the rest is ambiguous.
    ["select 'C:\\', 'secret'", 'postgresql', 'select ?'],
    ["select E'it\\'s', 'secret'", 'postgresql', 'select ?'],
    ["select 'it\\'s', \"secret\"", 'mysql', 'select ?'],
    ['select \'two\\\\\', "secret"', 'mysql', 'select ?, ?'],
    [
      'select "Name" from "Users" where id = $1',
      'postgresql',
      'select "Name" from "Users" where id = $1',
    ],
    ['select 1 -- secret\nfrom t /* secret */', 'postgresql', 'select ?  \nfrom t  '],
    ["select 'without an end", 'postgresql', 'select ?'],
    [
      'select t1.a from t1 where b in (1, -2.5, 0xff, 1e3)',
      '',
      'select t1.a from t1 where b in (?, ?, ?, ?)',
    ],
  ])('%s of %s', (query, system, masked) => {
    expect(maskSql(query, system)).toBe(masked);
  });

  it('never keep literals', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('postgresql', 'mysql'), (value, system) => {
        const escaped =
          system === 'mysql' ? value.replace(/[\\']/g, '\\$&') : value.replace(/'/g, "''");
        const masked = maskSql(`select '${escaped}', 'b'`, system);
        const isOpen = /(?<!\\)(?:\\\\)*\\'/.test(`${escaped}'`);
        expect(masked).toBe(isOpen ? 'select ?' : 'select ?, ?');
      }),
    );
  });
});

describe('names of fields', () => {
  const isSensitive = sensitiveFields(['nickname']);

  it.each([
    ['password', ''],
    ['dbPassword', ''],
    ['first_name', 'order'],
    ['line1', ''],
    ['birthday', ''],
    ['x-auth', 'headers'],
    ['sessionId', ''],
    ['name', ''],
    ['name', 'customer'],
    ['name', 'billing_details'],
    ['number', 'card'],
    ['nickname', ''],
  ])('%s in %s is masked', (field, parent) => {
    expect(isSensitive(field, parent)).toBe(true);
  });

  it.each([
    ['name', 'job'],
    ['name', 'service'],
    ['number', 'order'],
    ['address', 'server'],
    ['input_tokens', ''],
    ['payment', ''],
    ['amount', ''],
  ])('%s in %s stays', (field, parent) => {
    expect(isSensitive(field, parent)).toBe(false);
  });

  it('are masked at any depth, and strings are searched too', () => {
    const redact = redactor([]);
    const error = Object.assign(new Error('to ada@example.com'), {
      detail: 'secret',
      code: '23505',
    });
    expect(redact({ a: [{ password: 'x', note: 'ada@example.com' }], error })).toMatchObject({
      a: [{ password: '[redacted]', note: '[redacted]' }],
      error: { message: 'to [redacted]', detail: '[redacted]', code: '23505' },
    });
  });

  it.each([
    ['n', 'n'],
    ['N.', 'N.'],
    ['Al', '[redacted]'],
    ['李', '[redacted]'],
  ])('the name %p of a person becomes %p: one letter is an initial', (name, shown) => {
    expect(redactor([])({ user: { name } })).toEqual({ user: { name: shown } });
    expect(redactor([])(name, 'name')).toBe(shown);
    expect(redactor([])({ customer: { gender: 'f' } })).toEqual({
      customer: { gender: '[redacted]' },
    });
  });
});
