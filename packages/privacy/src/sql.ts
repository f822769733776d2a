/** Removes literals and comments from SQL. */

/** Maximum length of a query in UTF-16 units. */
const MAX_QUERY = 4096;

/**
 * A quoted literal, possibly unterminated. Databases differ in whether a backslash escapes the quote, so a literal with one
 * extends to the end of the query.
 */
const inQuotes = (quote: string): string =>
  String.raw`${quote}(?:[^${quote}\\]|${quote}${quote}|\\[^${quote}])*(?:\\${quote}[\s\S]*|${quote}|\\?$)`;

/** Oracle literals between brackets, or between two equal characters. */
const ORACLE = String.raw`(?<![\w$])[nN]?[qQ]'(?:\[[\s\S]*?(?:\]'|$)|\{[\s\S]*?(?:\}'|$)|\([\s\S]*?(?:\)'|$)|<[\s\S]*?(?:>'|$)|([^\s[{(<])[\s\S]*?(?:\1'|$))`;

const BETWEEN_DOLLARS = String.raw`(?<![\w$])\$(\w{0,63})\$[\s\S]*?(?:\$\2\$|$)`;
const NUMBER = String.raw`(?<![\w$@:])[-+]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)(?!\w)`;
const LITERALS = `${ORACLE}|(?:(?<!\\w)[eE])?${inQuotes("'")}|${BETWEEN_DOLLARS}|${NUMBER}`;
const NAMES = '`[^`]*(?:`|$)';

/** Databases in which double quotes enclose names, and `#` is an operator. */
const STANDARD =
  /postgres|oracle|mssql|sql_?server|db2|cockroach|redshift|snowflake|trino|h2|hsqldb|derby|firebird|hana|teradata/i;

const IN_STANDARD = new RegExp(`${LITERALS}|--[^\\n]*|/\\*|${NAMES}|"(?:[^"]|"")*(?:"|$)`, 'g');
const IN_OTHERS = new RegExp(`${LITERALS}|--[^\\n]*|#[^\\n]*|/\\*|${NAMES}|${inQuotes('"')}`, 'g');

/**
 * An SQL query with a question mark for each literal, and without comments. `system` is the `db.system.name` of
 * OpenTelemetry; it decides what a double quote means. If a literal contains a quote after a backslash, the rest of the
 * query is left out.
 *
 * @example
 * ```ts
 * import { maskSql } from '@moneytrail/privacy';
 * console.log(maskSql("select * from users where email = 'ada@example.com' limit 5", 'postgresql'));
 * // select * from users where email = ? limit ?
 * ```
 */
export function maskSql(query: string, system: string): string {
  const text = query.slice(0, MAX_QUERY);
  const tokens = STANDARD.test(system) ? IN_STANDARD : IN_OTHERS;
  let masked = '';
  let done = 0;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (index < done) continue;
    const isComment = token === '/*';
    masked += text.slice(done, index) + (isComment ? ' ' : maskToken(token, tokens));
    done = isComment ? endOfComment(text, index) : index + token.length;
  }
  return masked + text.slice(done);
}

function maskToken(token: string, tokens: RegExp): string {
  if (token.startsWith('--') || token.startsWith('#')) return ' ';
  const isName = token.startsWith('`') || (tokens === IN_STANDARD && token.startsWith('"'));
  return isName ? token : '?';
}

/** The end of a comment. Comments can be nested. */
function endOfComment(text: string, start: number): number {
  let depth = 0;
  for (const { 0: sign, index } of text.slice(start).matchAll(/\/\*|\*\//g)) {
    depth += sign === '/*' ? 1 : -1;
    if (depth === 0) return start + index + sign.length;
  }
  return text.length;
}
