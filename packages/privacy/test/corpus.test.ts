/** Texts as libraries and people write them: each with a secret that must go, or none, so that all of it must stay. */
import { describe, expect, it } from '@jest/globals';
import { maskSql, maskText, redactor, sensitiveFields } from '@moneytrail/privacy';
import fc from 'fast-check';

/** Stands for the secret where only its place gives it away. */
const S = 'Swordfish7';

describe('masks the secret in:', () => {
  it.each([
    // Behind a name.
    `password: ${S}`,
    `password=${S}&next=1`,
    `"password": "correct ${S} battery"`,
    `{\\"password\\":\\"${S}\\"}`,
    `%22password%22%3A%22${S}%22`,
    `password => '${S}'`,
    `DB_PASSWORD=${S}`,
    `db.password=${S}`,
    `userPassword: ${S}, retries: 3`,
    `passphrase: correct horse ${S}`,
    `password: p,${S}`,
    `api key: ${S}`,
    `x-api-key: ${S}`,
    `access_token=${S}`,
    `refreshToken: '${S}'`,
    `client_secret=${S}`,
    `credentials: { a: { b: 1 }, c: '${S}' }`,
    `"rawHeaders":["Cookie","${S}"]`,
    `Cookie: a=b; sid=${S}`,
    `set-cookie: sid=${S}; Path=/`,
    `Authorization: Digest username="u", response="${S}"`,
    `authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=${S}`,
    `Proxy-Authorization: Basic ${S}`,
    `Stripe-Signature: t=1,v1=${S}`,
    `;jsessionid=${S}?x`,
    `card number: ${S}`,
    `card_number=4242 4242 4242 4241 ${S}`,
    `first name: Ada ${S}`,
    `cardholder: Ada ${S}`,
    `cardholder=Ada ${S} amount=5`,
    `customer name: ${S}`,
    `customer.name=${S}`,
    `date of birth: ${S}`,
    `street: ${S} Road 5`,
    `postal_code=${S}`,
    `ssn=${S}`,
    `phone: ${S}`,
    `cvv: ${S}`,
    `iban: ${S}`,
    `token:\n  ${S}`,
    // By credentials and keys.
    `sent Bearer ${S}`,
    `sent basic ${S}=`,
    `key_sk_live_${S}`,
    `sk-proj-abcdefgh${S}`,
    `rzp_live_${S}`,
    `shpat_${S}`,
    `SG.abcdefghijklmnop.${S}`,
    `live_abcdefghijklmnopqrst${S}`,
    `ya29.${S}`,
    `_eyJhbGciOi.${S}.sig`,
    `eyJhbGciOi.a.b.c.${S}`,
    // In addresses.
    `GET https://api.example/v1/pay?key=${S} failed`,
    `GET https://api.example/v1/pay?${S}`,
    `GET https://api.example/reset/${S}.`,
    `(https://api.example/#access=${S})`,
    `https://u:p/${S}@api.example/v1`,
    `Failed to parse URL from http://h/${S}`,
    `wss://h/x?t=${S}`,
    `GET /pay?session=${S}`,
    `POST /pay?a=1&card=${S} 500`,
    `postgres://u:${S}@db/pay`,
    `postgres://u:p/${S}/s@db/pay`,
    `redis://:p#${S}@cache:6379`,
    `mongodb+srv://u:${S}@h.example/?x=1`,
    // As databases, clients and parsers quote it.
    `Key (email)=(${S}) already exists.`,
    `Duplicate entry '${S}' for key 'users.email'`,
    `Incorrect integer value: '${S}' for column 'age'`,
    `invalid input syntax for type integer: "${S}"`,
    `Failing row contains (5, ${S}, null).`,
    `The duplicate key value is (${S}).`,
    `E11000 duplicate key error collection: pay.users index: email_1 dup key: { email: "${S}" }`,
    `Failed query: insert into "users" values ($1)\nparams: ${S},5`,
    `query failed -- PARAMETERS: ["${S}"]`,
    `insert into "users" ("name") values ('${S}') - duplicate key value`,
    `update users set name = 'it''s ${S}' where id = 5`,
    `select * from users where name = '${S}' - relation does not exist`,
    'Invalid `prisma.user.create()` invocation:\n\n{ data: { name: "Swordfish7" } }',
    `Unexpected token 'S', "${S}" is not valid JSON`,
    `Unexpected token 'h', ..."${S} "... is not valid JSON`,
    `%B4242424242424242^${S}/ADA^2912`,
    `CREATE USER reader WITH PASSWORD '${S}'`,
    `ALTER USER ada IDENTIFIED BY '${S}'`,
    `403, message='Forbidden', url='https://api.example/v3/bill?api_key=${S}&format=json'`,
  ])('%s', (text) => {
    expect(maskText(text)).not.toContain(S);
  });

  it.each([
    ['4242 4242 4242 4242 123', '4242 4242'],
    ['order 1000 4242 4242 4242 4242', '4242 4242'],
    ['4242 4242 4242 4242 12 2029', '4242 4242'],
    ['4242424242424242/12/29', '42424242'],
    ['card-4242424242424242', '42424242'],
    ['visa4242424242424242', '42424242'],
    ['a4242424242424242', '42424242'],
    ['4242%204242%204242%204242', '4242'],
    ['4242+4242+4242+4242', '4242'],
    ['3782 822463 10005', '822463'],
    ['iban_DE89370400440532013000', '37040044'],
    ['DE89 3704 0044 0532 0130 00 PAID', '3704'],
    ['de89370400440532013000', '37040044'],
    ['re12 transfer to GB82 WEST 1234 5698 7654 32', 'WEST'],
    ['FR14 2004 1010 0505 0001 3M02 606', '2004'],
    ['jörg@example.com', 'jörg'],
    ['ada%2540example.com', 'ada'],
    ['ada\\u0040example.com', 'ada'],
    ['call +49 170 1234567', '1234567'],
    ['ssn 078-05-1120', '05-1120'],
    ['cvv 123', '123'],
    ['pin is 4711', '4711'],
    ['otp 123456', '123456'],
  ])('%s', (text, secret) => {
    expect(maskText(text)).not.toContain(secret);
  });
});

describe('a false positive is kept:', () => {
  it.each([
    'pino@10.4.0 and @opentelemetry/api@1.9.0',
    'react@19.0.0-rc.1',
    'invalid token: expired',
    'token=undefined',
    'password: [redacted]',
    'signature: missing',
    'basic authentication failed',
    'bearer token is missing',
    "Unexpected token ')' in a.ts:5:3",
    'connect ECONNREFUSED 127.0.0.1:5432',
    'listen EADDRINUSE: address already in use :::3000',
    'TypeError: fetch failed: read ECONNRESET',
    'job name: settle, runs: 5',
    'error_code=card_declined decline_code=do_not_honor',
    'status=200 duration=12 ms',
    'took 1200 ms for 4500 rows of 6000 at 2026-11-27 12:00:00.000',
    'amount: 1999, currency: EUR',
    'at charge (file:///srv/app/node_modules/pay/index.js:10:5)',
    'at charge (C:\\app\\src\\pay.ts:10:5)',
    'https://api.stripe.com/v1/payment_intents/pi_3abcdefgh/confirm',
    'http://127.0.0.1:4318/v1/traces.',
    'select the plan from the list',
    'please update the card',
    'pin the version',
    'code 500',
    'page 2 of 3?',
    'a & b',
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'rate +0100, +5 %, 100 %',
    'US12 is a road, DE89 too',
    'max_tokens=5 input_tokens: 12',
    'trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7',
    'score: 0.1234567890123456',
    'task_id: aaaaaaaa-bbbb-cccc-1234-123456789012',
    'ports: 8000 8080 8888 9999',
    'lat 52.520008 lon 13.404954',
    'Bearer realm="x"',
  ])('%s', (text) => {
    expect(maskText(text)).toBe(text);
  });
});

it('hexadecimal ids are kept: UUIDs, trace ids and span ids', () => {
  const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
  const isNumber = (text: string): boolean => /^\d+$/.test(text);
  const id = fc.oneof(fc.uuid(), hex(32), hex(16)).filter((text) => !isNumber(text));
  fc.assert(
    fc.property(id, (text) => expect(maskText(`id ${text}.`)).toBe(`id ${text}.`)),
    { numRuns: 5000 },
  );
});

it.each([
  ['https://u:p@nas.local/soc.json', 'https://[redacted]@nas.local/soc.json'],
  ['see https://h/search?key=abc. Then', 'see https://h/search?key=REDACTED. Then'],
])('in %s only the secret goes', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

describe('a query loses its literals:', () => {
  it.each([
    [`select 1 /* a /* b */ ${S} */ from t`, 'postgresql'],
    [`select "${S}"`, ''],
    [`select "${S}"`, 'sqlite'],
    [`select q'[it's ${S}]' from dual`, 'oracle'],
    [`select nq'!it's ${S}!' from dual`, 'oracle'],
    [`select 'a\\' or b = '${S}'`, 'mysql'],
    [`select 'it\\'s ${S}'`, ''],
    [`select "it's" = '${S}'`, 'postgresql'],
    [`select \`it's\` = '${S}'`, 'mysql'],
    [`select x'${S}'`, 'mysql'],
    [`select 'open ${S}`, 'mssql'],
    [`select "open ${S}`, 'mysql'],
    [`select U&'${S}'`, 'postgresql'],
    [`select 1 # ${S}`, 'mysql'],
    [`select $a$ ${S} $b$ ${S}`, 'postgresql'],
    [`query { user(name: "${S}", note: """${S}""") { id } } # ${S}`, 'graphql'],
  ])('%s of %s', (query, system) => {
    expect(maskSql(query, system)).not.toContain(S);
  });

  it.each([
    ['select "Name" from "Users" where id = $1', 'postgresql'],
    ['select [Name] from t1 where id = @p1', 'mssql'],
    ['select `a`.`b` from `t` where x = ?', 'mysql'],
    ['select data #>> path from t where a -> b', 'postgresql'],
  ])('%s of %s has none', (query, system) => {
    expect(maskSql(query, system)).toBe(query);
  });
});

describe('fields', () => {
  const isSensitive = sensitiveFields(['nickname']);

  it.each([
    ['signature', ''],
    ['address', ''],
    ['customer.name', ''],
    ['customerName', ''],
    ['user_address', ''],
    ['billing.address.city', ''],
    ['http.request.header.authorization', ''],
    ['http.request.header.x-api-key', ''],
    ['enduser.id', ''],
    ['user_pin', ''],
    ['account.number', ''],
    ['number', 'account'],
    ['code', 'card'],
    ['client_ip', ''],
    ['DB_PASSWORD', ''],
    ['CVV2', 'x'],
    ['dbpassword', ''],
    ['Nick-Name', 'x'],
  ])('%s in "%s" is masked', (field, parent) => {
    expect(isSensitive(field, parent)).toBe(true);
  });

  it.each([
    ['server_ip', ''],
    ['mapping', ''],
    ['spin', ''],
    ['japan', ''],
    ['job_name', ''],
    ['name', 'user_agent'],
    ['order.number', ''],
    ['card_error_code', ''],
    ['has_nickname', ''],
    ['max_tokens', ''],
    ['payment_id', ''],
  ])('%s in "%s" is kept', (field, parent) => {
    expect(isSensitive(field, parent)).toBe(false);
  });

  it('whose names are secrets get masked names', () => {
    expect(redactor([])({ 'ada@example.com': 5, plan: { '4242424242424242': true } })).toEqual({
      '[redacted]': 5,
      plan: { '[redacted]': true },
    });
  });

  it('with a card number as a number are masked, and other numbers are kept', () => {
    const redact = redactor([]);
    expect(redact({ a: 4242424242424242, b: 4242424242424241, c: 1795812547087 })).toEqual({
      a: '[redacted]',
      b: 4242424242424241,
      c: 1795812547087,
    });
  });
});
