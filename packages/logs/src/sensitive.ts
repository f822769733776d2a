/**
 * Field names whose values never leave the process, at any depth. Case, `_`, `-` and `.` do not matter: `client_secret`,
 * `clientSecret` and `Client-Secret` are one name.
 */
export const REDACTED_FIELDS: readonly string[] = [
  // Proof of who someone is.
  'authorization',
  'proxyAuthorization',
  'cookie',
  'cookies',
  'setCookie',
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'token',
  'jwt',
  'apiKey',
  'privateKey',
  'secretKey',
  'signingKey',
  'credentials',
  'otp',
  'pin',
  'stripeSignature',
  'rawHeaders',
  'connectionString',
  'databaseUrl',
  // What a payment is made with.
  'cardNumber',
  'pan',
  'cvc',
  'cvv',
  'cvv2',
  'csc',
  'securityCode',
  'track1',
  'track2',
  'iban',
  'accountNumber',
  'routingNumber',
  'sortCode',
  // Who a person is and where.
  'email',
  'emailAddress',
  'phone',
  'phoneNumber',
  'dateOfBirth',
  'dob',
  'ssn',
  'taxId',
  'ip',
  'ipAddress',
  'remoteAddress',
  'xForwardedFor',
  'xRealIp',
];

// `stripe_secret`, `dbPassword`, `receipt_email`: what comes before does not make them harmless.
const REDACTED_ENDINGS = ['password', 'secret', 'token', 'apikey', 'email'];

// These are harmless words, except inside a field that is named after a card.
const REDACTED_OF_CARDS = new Set(['number', 'code', 'verification', 'verificationvalue']);

const MAX_REMEMBERED = 5_000;

/** Says whether the value of `field`, found inside `parent`, must not leave the process. */
export type Sensitive = (field: string, parent: string) => boolean;

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

type Verdict = 'always' | 'of a card' | 'never';

/** Makes the test for the names above and `extra` ones. Its verdicts are remembered, because the same fields come again. */
export function sensitiveFields(extra: readonly string[]): Sensitive {
  const names = new Set([...REDACTED_FIELDS, ...extra].map(plain));
  const remembered = new Map<string, Verdict>();
  const judge = (field: string): Verdict => {
    const name = plain(field);
    if (names.has(name) || REDACTED_ENDINGS.some((ending) => name.endsWith(ending))) {
      return 'always';
    }
    return REDACTED_OF_CARDS.has(name) ? 'of a card' : 'never';
  };
  const verdictOn = (field: string): Verdict => {
    const known = remembered.get(field);
    if (known !== undefined) return known;
    const verdict = judge(field);
    if (remembered.size < MAX_REMEMBERED) remembered.set(field, verdict);
    return verdict;
  };
  return (field, parent) => {
    const verdict = verdictOn(field);
    return verdict === 'always' || (verdict === 'of a card' && plain(parent).includes('card'));
  };
}
