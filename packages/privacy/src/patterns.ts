/** Patterns of secrets and personal data in strings. Every pattern is bounded, so the time is linear. */
import { maskCards, maskIbans } from './numbers.ts';
import { maskPairs } from './pairs.ts';
import { HAS, KEY, signsIn } from './signs.ts';

/** The replacement of masked values. */
export const MASK = '[redacted]';

/** One kind of secret: the bits of `HAS` that indicate it, and the function that masks it. */
interface Rule {
  readonly sign: number;
  readonly mask: (text: string) => string;
}

const all = (pattern: RegExp) => (text: string) => text.replace(pattern, MASK);
const behind = (pattern: RegExp) => (text: string) => text.replace(pattern, `$1${MASK}`);
const quotesIn = (pattern: RegExp, quotes: RegExp) => (text: string) =>
  text.replace(pattern, (part) => part.replace(quotes, `$1${MASK}$1`));

const RULES: readonly Rule[] = [
  // User and password of a URL. Before e-mail addresses, which look similar. A password may contain a slash.
  { sign: HAS.at, mask: behind(/((?<!\b(?:http|ws)s?):\/\/)[^\s"'<>]{1,1024}(?=@)/gi) },
  { sign: HAS.query, mask: behind(/([?&][\w.~%[\]-]{1,64}=)(?!REDACTED)[^\s&#"'<>\\]+/g) },
  {
    sign: HAS.word,
    mask: all(/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}-----|$)/g),
  },
  {
    sign: HAS.word,
    mask: behind(
      /\b((?:bearer|basic)\s{1,3})(?!auth|token|credential|realm|access|scheme|plan)[\w.~+/=-]{6,}/gi,
    ),
  },
  { sign: HAS.key, mask: all(KEY) },
  { sign: HAS.key, mask: behind(/\b([a-z]{2,10}_\w{1,128}_secret_)\w{1,256}/g) },
  // Quotes in messages of databases, their clients and parsers.
  { sign: HAS.parenthesis, mask: behind(/(\)=\()[^)]{1,2048}/g) },
  { sign: HAS.word, mask: maskQuotes },
  { sign: HAS.separator, mask: behind(/(\bparam(?:eter)?s:\s{0,2})[^\n]{1,4096}/gi) },
  {
    sign: HAS.word,
    mask: quotesIn(
      /\b(?:insert\s+into|delete\s+from|update\s\S{1,128}\sset|select\s[\s\S]{1,1024}?\sfrom)\s[\s\S]*/gi,
      /(')(?:[^'\\]|''|\\.)*(?:'|$)/g,
    ),
  },
  // Statements that set a password.
  { sign: HAS.word, mask: behind(/\b((?:password|identified\s+by)\s{1,3}')[^']{1,512}/gi) },
  {
    sign: HAS.word,
    mask: quotesIn(/\binvocation\b[\s\S]*/g, /(["'])(?:(?!\1)[^\\]|\\.)*(?:\1|$)/g),
  },
  {
    sign: HAS.at,
    mask: all(
      /[\p{L}\p{N}_.+%!#$&'*/=?^`{|}~-]{1,64}(?:@|%(?:25)?40|\\u0040)(?!\d{1,5}\.\d{1,5}\.\d{1,5}(?![\d.]))[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/giu,
    ),
  },
  { sign: HAS.caret, mask: all(/%?B\d{12,19}\^[^^\n]{2,64}\^\d{0,64}/g) },
  { sign: HAS.digits, mask: (text) => maskCards(text, MASK) },
  { sign: HAS.key, mask: (text) => maskIbans(text, MASK) },
  { sign: HAS.plus, mask: all(/(?<![\w+])\+[1-9](?:[ ().\u00a0-]{0,2}\d){7,14}(?!\d)/g) },
  { sign: HAS.dash, mask: all(/(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g) },
  // Names come last, so that masks of the other patterns are not split.
  { sign: HAS.separator, mask: (text) => maskPairs(text, MASK) },
  {
    sign: HAS.word,
    mask: behind(
      /\b((?:cv[vc]2?|csc|pin|otp|passcode|security code)(?: code| number)?(?: (?:is|was))?[ \t]{1,3})\d{3,8}\b/gi,
    ),
  },
];

/** Quotes of rows and input in messages of databases and parsers. */
const QUOTES =
  /(Duplicate entry '|[Ii]ncorrect [\w ]{1,40}value: ')[^']{1,2048}|(invalid input [\w ]{1,60}: ")[^"]{1,2048}|(row contains \()[^\n]{1,4096}|(key value is \()[^)\n]{1,2048}|(dup key: \{)[^}]{1,2048}|(, )[^\n]{1,1024}(?= is not valid JSON)/g;

/** Masks everything that the patterns find. `signs` limits the patterns to those that may match. */
export function maskPatterns(text: string, signs: number = signsIn(text)): string {
  let masked = text;
  for (const { sign, mask } of RULES) if ((sign & signs) !== 0) masked = mask(masked);
  return masked;
}

function maskQuotes(text: string): string {
  return text.replace(QUOTES, (_, ...starts: (string | undefined)[]) => {
    const start = starts.slice(0, 6).find((one) => one !== undefined) ?? '';
    return start + MASK;
  });
}
