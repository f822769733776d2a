// Names of fields whose values are masked, whatever they look like.

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
  'sessionId',
  'sessionKey',
  'jsessionid',
  'xAuth',
  'xAuthToken',
  'accessKey',
  'bearer',
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
  'firstName',
  'lastName',
  'fullName',
  'middleName',
  'givenName',
  'familyName',
  'surname',
  'maidenName',
  'displayName',
  'cardholder',
  'cardholderName',
  'holderName',
  'accountHolder',
  'accountHolderName',
  'birthday',
  'birthDate',
  'birthPlace',
  'passportNumber',
  'nationalId',
  'line1',
  'line2',
  'addressLine1',
  'addressLine2',
  'street',
  'streetAddress',
  'postalCode',
  'postcode',
  'zipCode',
  'billingAddress',
  'shippingAddress',
];

// `stripe_secret`, `dbPassword`, `receipt_email`: what comes before does not make them harmless.
const REDACTED_ENDINGS = ['password', 'secret', 'token', 'apikey', 'email'];

// These are harmless words, except inside a field that is named after a card.
const REDACTED_OF_CARDS = new Set(['number', 'code', 'verification', 'verificationvalue']);

// What a person is called and where: harmless words elsewhere (the name of a job, the address of a server).
const REDACTED_OF_PERSONS = new Set(['name', 'address', 'zip', 'city', 'age', 'gender']);
const PERSONS =
  /^(?:customer|user|payer|payee|buyer|owner|holder|recipient|beneficiary|contact|person|member|client|guest|billing|shipping|cardholder|individual)(?:s|details|info|data|address)?$/;

// What errors of databases and HTTP clients carry of a row or of a request.
const REDACTED_OF_ERRORS = new Set(
  ['detail', 'where', 'parameters', 'sql', 'sqlmessage', 'query', 'hint', 'internalquery'].concat([
    'config',
    'request',
    'response',
    'req',
    'res',
    'body',
    'data',
    'options',
    'headers',
    'url',
  ]),
);

const MAX_REMEMBERED = 5_000;
const MAX_NAME = 256;

/** Says whether the value of `field`, found inside `parent`, must not leave the process. */
export type Sensitive = (field: string, parent: string) => boolean;

function plain(name: string): string {
  return name
    .slice(0, MAX_NAME)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

type Verdict = 'always' | 'of a card' | 'of a person' | 'of an error' | 'never';

/**
 * Makes the test for the names above and `extra` ones. Its verdicts are remembered, because the same fields come again.
 *
 * @example
 * ```ts
 * import { sensitiveFields } from '@moneytrail/privacy';
 * const isSensitive = sensitiveFields([]);
 * console.log(isSensitive('name', 'customer'), isSensitive('name', 'job')); // true false
 * ```
 */
export function sensitiveFields(extra: readonly string[]): Sensitive {
  const names = new Set([...REDACTED_FIELDS, ...extra].map(plain));
  const remembered = new Map<string, Verdict>();
  const judge = (field: string): Verdict => {
    const name = plain(field);
    if (names.has(name) || REDACTED_ENDINGS.some((ending) => name.endsWith(ending))) {
      return 'always';
    }
    if (REDACTED_OF_PERSONS.has(name)) return 'of a person';
    if (REDACTED_OF_CARDS.has(name)) return 'of a card';
    return REDACTED_OF_ERRORS.has(name) ? 'of an error' : 'never';
  };
  const verdictOn = (field: string): Verdict => {
    const known = remembered.get(field);
    if (known !== undefined) return known;
    const verdict = judge(field);
    if (remembered.size < MAX_REMEMBERED && field.length <= MAX_NAME)
      remembered.set(field, verdict);
    return verdict;
  };
  return (field, parent) => {
    switch (verdictOn(field)) {
      case 'always':
        return true;
      case 'of a card':
        return plain(parent).includes('card');
      case 'of a person':
        return isOfPerson(plain(field), plain(parent));
      case 'of an error':
        return parent === ERROR;
      case 'never':
        return false;
    }
  };
}

/** What `parent` is called where the fields of an error are looked at. */
export const ERROR = 'error';

/** A name that stands alone is a person's as often as not. */
function isOfPerson(field: string, parent: string): boolean {
  return PERSONS.test(parent) || (field === 'name' && parent === '');
}
