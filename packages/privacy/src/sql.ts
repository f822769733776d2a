// Queries without what customers wrote into them.

/** The longest query that is kept, in UTF-16 units. */
const MAX_QUERY = 4096;

/** Texts (also without an end), texts between dollars, comments and numbers. */
const STANDARD =
  /(?<!\w)[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|'(?:[^']|'')*(?:'|$)|\$(\w{0,63})\$[\s\S]*?(?:\$\1\$|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<![\w$@:])[-+]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)(?!\w)/g;

/** MySQL escapes by backslash, writes texts in double quotes too, and knows comments after a hash. */
const MYSQL =
  /'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|"(?:[^"\\]|""|\\[\s\S])*(?:"|$)|--[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<![\w$@:])[-+]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)(?!\w)/g;

/**
 * A query of SQL with a question mark for each literal, and without comments. `system` is the `db.system.name` of OpenTelemetry;
 * it decides what a backslash and a double quote mean.
 *
 * @example
 * ```ts
 * import { maskSql } from '@moneytrail/privacy';
 * console.log(maskSql("select * from users where email = 'ada@example.com' limit 5", 'postgresql'));
 * // select * from users where email = ? limit ?
 * ```
 */
export function maskSql(query: string, system: string): string {
  const literals = /mysql|mariadb/i.test(system) ? MYSQL : STANDARD;
  return query.slice(0, MAX_QUERY).replace(literals, (literal) => (isComment(literal) ? ' ' : '?'));
}

function isComment(literal: string): boolean {
  return /^(?:--|\/\*|#)/.test(literal);
}
