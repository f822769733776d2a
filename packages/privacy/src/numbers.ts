/** Finds card numbers and bank account numbers in strings by their check digits. */

/** Separators between the groups of a number. */
const GAP = String.raw`(?:[ \t./_+\u00a0\u2009\u202f\u2010-\u2014-]|%20|%2[bdBD])`;

/** UUIDs and hashes, which are kept, or a run of digits in groups. */
const DIGITS = new RegExp(
  String.raw`(\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b|\b(?=\d{0,31}[a-f])(?:[\da-f]{16}|[\da-f]{24,128})\b)|(?<!\d|\d\.)\d(?:${GAP}{0,3}\d){12,63}`,
  'gi',
);

/** Prefixes of the card networks. Luhn's check alone is not enough: many times and ids pass it. */
const NETWORK = /^(?:4|5[0-8]|2[2-7]|3[0-9]|6)/;

/** IBAN lengths by country: the registry of ISO 13616, release 99. */
const IBANS: ReadonlyMap<string, RegExp> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18
  FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21
  LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24
  SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), ibanOf(Number(entry.slice(2)))]),
);

const IBAN_START = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ \u00a0-]?[A-Za-z0-9])/g;

/** The start of a hash or UUID, which may look like an IBAN. */
const HEXADECIMAL = /^[a-f]{2}\d{2}[\da-f-]*[a-f][\da-f-]*$/;

/** Maximum length of an IBAN with a gap before each of its 33 characters. */
const MAX_IBAN = 66;

/** Digits without a gap, and their position in the run. */
interface Group {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** Replaces each card number by `mask`: 13 to 19 digits with the prefix of a network that pass Luhn's check. */
export function maskCards(text: string, mask: string): string {
  return text.replace(DIGITS, (run, id: string | undefined) => id ?? maskRun(run, mask));
}

/** Replaces each IBAN by `mask`: a country, its length, and the check of ISO 13616. */
export function maskIbans(text: string, mask: string): string {
  let masked = '';
  let done = 0;
  for (const { index } of text.matchAll(IBAN_START)) {
    const length = index < done ? 0 : ibanLength(text.slice(index, index + MAX_IBAN));
    if (length === 0) continue;
    masked += text.slice(done, index) + mask;
    done = index + length;
  }
  return masked + text.slice(done);
}

/**
 * Whether a number is a card number: 13 to 16 digits with the prefix of a network that pass Luhn's check (ISO/IEC 7812).
 * Longer numbers are not exact in JavaScript.
 *
 * @example
 * ```ts
 * import { isCardNumber } from '@moneytrail/privacy';
 * console.log(isCardNumber(4242424242424242), isCardNumber(1795812547087)); // true false
 * ```
 */
export function isCardNumber(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1e12 && isCard(String(value));
}

function ibanOf(length: number): RegExp {
  return new RegExp(
    String.raw`^[A-Za-z0-9](?:[ \u00a0-]?[A-Za-z0-9]){${length - 1}}(?![A-Za-z0-9])`,
  );
}

/** Finds a card number in a run, which may also contain an order before it, or a date or code after it. */
function maskRun(run: string, mask: string): string {
  const groups = groupsOf(run);
  let masked = '';
  let done = 0;
  for (let first = 0; first < groups.length; first += 1) {
    const last = endOfCard(groups, first);
    if (last === undefined) continue;
    masked += run.slice(done, groups[first]?.start) + mask;
    done = groups[last]?.end ?? run.length;
    first = last;
  }
  return masked + run.slice(done);
}

function groupsOf(run: string): Group[] {
  const parts = [...run.matchAll(/%2[0bd]|\d+/gi)].filter(([part]) => !part.startsWith('%'));
  return parts.map(({ 0: digits, index }) => ({
    digits,
    start: index,
    end: index + digits.length,
  }));
}

/** The last group of the longest card number that starts at group `first`. */
function endOfCard(groups: readonly Group[], first: number): number | undefined {
  let digits = '';
  let end: number | undefined;
  for (let last = first; last < groups.length; last += 1) {
    digits += groups[last]?.digits ?? '';
    if (digits.length > 19) break;
    if (digits.length >= 13 && isCard(digits)) end = last;
  }
  return end;
}

function isCard(digits: string): boolean {
  return NETWORK.test(digits) && luhnSum(digits) % 10 === 0;
}

/** The check of ISO/IEC 7812: every second digit from the right is doubled. */
function luhnSum(digits: string): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

/** The length, including gaps, of the IBAN at the start of the text; 0 without one. */
function ibanLength(text: string): number {
  const [found = ''] = IBANS.get(text.slice(0, 2).toUpperCase())?.exec(text) ?? [];
  if (HEXADECIMAL.test(found)) return 0;
  return isIban(found.replace(/[^A-Za-z0-9]/g, '').toUpperCase()) ? found.length : 0;
}

/** Whether the rearranged text, with letters as 10 to 35, is 1 modulo 97. */
function isIban(compact: string): boolean {
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
