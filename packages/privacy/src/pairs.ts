/** Masks values that follow their names in a string: `password=…`, `"cvc": …`, `Cookie: …`, `cvv 123`. */
import { type Sensitive, sensitiveFields } from './names.ts';

const isSensitive: Sensitive = sensitiveFields([]);

/** The parent of names in strings, where a single `name` is not that of a person. */
const TEXT = 'text';

/** Up to three words, each with optional quotes and blanks, before the separator of name and value. */
const SEPARATOR =
  /(?<=((?:[A-Za-z][\w.-]{0,63} ){0,2}[A-Za-z][\w.-]{0,63})(?:["'`\\\s\]]|%2[027]){0,4})(?:[=:]>?|%3[ad])/gi;

const OPENING = /(?:\s|%20|\\[nrt]){0,4}(\\{0,4}(?:["'`]|%2[27])|[[{(])?/y;

/** Names whose values contain blanks. */
const PHRASE =
  /(?:name|holder|street|address|line ?\d|city|phrase|mnemonic|cookies?|authorization|birth\w*|phone|mobile|number|iban|pan|ssn)$/i;
const PHRASE_END = /[^\r\n"'`<>&|;,)\]}]{0,512}?(?=\s{1,3}[\w.-]{1,64}[=:]|[\r\n"'`<>&|;,)\]}]|$)/y;
const HEADER = /(?:cookie|authorization|signature)$/i;
const HEADER_END = /(?:=\\?"[^"\r\n]*"?|[^\r\n"'`<>])*/y;

/** Punctuation ends a word only if something else follows. */
const WORD_END = /[^\s"'`\\&;,<>]*(?:[&;,](?![\s"'`\\]|[\w.-]{1,64}[=:]|$)[^\s"'`\\&;,<>]*)*/y;

/** Words that are not values, or that describe one. */
const NO_VALUE =
  /^(?:undefined|null|none|nil|nan|true|false|missing|required|expired|invalid|empty|revoked|malformed|mismatch|unknown|unset|unexpected|not|no|is|was|has|must|cannot|could|failed|rejected|ok|redacted|\[redacted\]|\*+)?[.!?)]?$/i;

/** Replaces by `mask` each value whose name is sensitive. */
export function maskPairs(text: string, mask: string): string {
  let masked = '';
  let done = 0;
  for (const { 0: separator, 1: name = '', index } of text.matchAll(SEPARATOR)) {
    if (index < done || !isSensitive(name, TEXT)) continue;
    const { start, end } = valueAt(text, index + separator.length, name);
    if (NO_VALUE.test(text.slice(start, end))) continue;
    masked += text.slice(done, start) + mask;
    done = end;
  }
  return masked + text.slice(done);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function valueAt(text: string, from: number, name: string): Span {
  OPENING.lastIndex = from;
  const [whole = '', opening = ''] = OPENING.exec(text) ?? [];
  const start = from + whole.length;
  if (/^[[{(]/.test(opening)) return { start: start - 1, end: endOfBrackets(text, start) };
  if (opening !== '') return { start, end: endOfQuote(text, start, opening) };
  return { start, end: endOf(endingOf(name), text, start) };
}

function endOfBrackets(text: string, start: number): number {
  let depth = 1;
  let end = start;
  for (; end < text.length && depth > 0; end += 1) {
    if ('[{('.includes(text[end] ?? '')) depth += 1;
    else if (']})'.includes(text[end] ?? '')) depth -= 1;
  }
  return end;
}

/** The closing quote, escaped like the opening one; the end of the text without one. */
function endOfQuote(text: string, start: number, quote: string): number {
  let end = text.indexOf(quote, start);
  while (end > 0 && quote.length === 1 && text[end - 1] === '\\')
    end = text.indexOf(quote, end + 1);
  return end < 0 ? text.length : end;
}

function endOf(ending: RegExp, text: string, start: number): number {
  ending.lastIndex = start;
  return ending.test(text) ? ending.lastIndex : start;
}

function endingOf(name: string): RegExp {
  if (HEADER.test(name)) return HEADER_END;
  return PHRASE.test(name) ? PHRASE_END : WORD_END;
}
