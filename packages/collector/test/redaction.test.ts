/** Tests of the redaction patterns. */
import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { profile } from '@moneytrail/collector';

const redaction = profile('single').processors['redaction/pii'];
/** Converts a Go pattern: Go writes a character by its code as `\x{a0}`. The rest of the syntax is the same. */
const inJavaScript = (pattern: string): string =>
  pattern.replaceAll(/\\x\{(\w+)\}/g, (_, hex: string) => `\\u${hex.padStart(4, '0')}`);
const values = redaction?.blocked_values.map((pattern) => new RegExp(inJavaScript(pattern), 'g'));
const keys = redaction?.blocked_key_patterns.map((pattern) => new RegExp(inJavaScript(pattern)));

function redact(text: string): string {
  return values?.reduce((left, pattern) => left.replaceAll(pattern, '#'), text) ?? text;
}

describe('redaction replaces', () => {
  it.each([
    ['4242424242424242', '#'],
    ['card 4242 4242 4242 4242 refused', 'card # refused'],
    ['4242-4242-4242-4242', '#'],
    ['4242.4242.4242.4242', '#'],
    ['4242/4242/4242/4242', '#'],
    ['4242_4242_4242_4242', '#'],
    ['4242 - 4242 - 4242 - 4242', '#'],
    ['4242\u00a04242\u20134242\u20094242', '#'],
    ['42424242 4242-4242', '#'],
    ['4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2', '#'],
    ['3782 822463 10005', '#'],
    ['3056 930902 5904', '#'],
    ['6304000000000000000', '#'],
    ['2223003122003222', '#'],
    ['note=4242%204242%204242%204242&page=2', 'note=4242#&page=2'],
    ['paid from DE89370400440532013000.', 'paid from #.'],
    ['GB29 NWBK 6016 1331 9268 19', '#'],
    ['NO93 8601 1117 947', '#'],
    ['nl91abna0417164300', '#'],
    ['fr76 3000 6000 0112 3456 7890 189', '#'],
    ['to ada.lovelace+shop@mail.example.co.uk, twice', 'to #, twice'],
    ['/u/ada%40example.com/x', '/u/#/x'],
    ['https://api:s3cret@example.com/v1', 'https#example.com/v1'],
    ['/cb?state=1&access_token=abc123', '/cb?state=1&access_t#'],
    ['/cb?sig=abc&page=2', '/cb#&page=2'],
    ['/cb#client_secret=abc123', '/cb#client_s#'],
    ['api_key: "abc123"', 'a#"'],
    ['{\\"token\\":\\"abc123\\"}', '{\\"t#\\"}'],
    ['Authorization: Bearer abc.def-123', 'Authorization: B#'],
    ['got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'got #'],
    ['key sk_live_51Habcdefgh used', 'key s# used'],
    ['whsec_abcdefgh12', '#'],
    ['cvv=123', '#'],
    ['CVC: 1234', '#'],
    ['security code: 123', 's#'],
  ])('%s', (text, left) => {
    expect(redact(text)).toBe(left);
  });

  it.each([
    'cvv',
    'card.number',
    'cardNumber',
    'customer.iban',
    'payment.pan',
    'http.request.header.authorization',
    'DB_PASSWORD',
    'api_key',
    'refreshToken',
  ])('any value of %s', (key) => {
    expect(keys?.some((pattern) => pattern.test(key))).toBe(true);
  });
});

describe('redaction keeps', () => {
  it.each([
    ['13 digits of a time', '1763740000123'],
    ['16 digits of a time', '1763740000123456'],
    ['19 digits of a time', '1763740000123456789'],
    ['12 digits', '424242424242'],
    ['20 digits', '42424242424242424242'],
    ['an amount', '1000000000000'],
    ['amounts in words', 'settled 1,234,567.89 EUR of 2,000,000.00'],
    ['a time', '2026-11-21T15:38:12.123456789Z'],
    ['an id of a provider', 'pi_3PqR5t2eZvKYlo2C0X9abcde'],
    ['an event id', 'stripe/pi_3PqR5t2eZvKYlo2C0X9abcde/payment.succeeded'],
    ['a package', 'express@5.3.0'],
    ['an address', '198.51.100.77'],
    ['coordinates', '52.5200066,13.4049540'],
    ['a statement', 'SELECT id FROM payments WHERE token = $1'],
    ['a route', '/v1/payment_intents/:id/capture?tab=events&page=2'],
    ['a digest', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ])('%s', (_, text) => {
    expect(redact(text)).toBe(text);
  });

  it('UUIDs and trace ids, thousands of them', () => {
    const ids = Array.from({ length: 5000 }, () => [randomUUID(), randomBytes(16).toString('hex')]);
    expect(ids.flat().filter((id) => redact(id) !== id)).toEqual([]);
  });

  it.each(['company', 'span.kind', 'panel.id', 'gen_ai.usage.input_tokens', 'discount.code'])(
    'the value of %s',
    (key) => {
      expect(keys?.some((pattern) => pattern.test(key))).toBe(false);
    },
  );

  it('closed values and measured numbers without a search, but not ids and texts', () => {
    const ignored = redaction?.ignored_keys ?? [];
    expect(ignored).toEqual(expect.arrayContaining(['payment.outcome', 'money.amount_minor']));
    expect(ignored).not.toContain('payment.id');
    expect(ignored).not.toContain('payment.failure.code');
    expect(ignored).not.toContain('url.full');
  });
});
