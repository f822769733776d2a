/** Parses PromQL selectors. */
import { RE2JS } from 're2js';

/** One condition on a label. */
export interface Matcher {
  readonly label: string;
  readonly matches: (value: string) => boolean;
  /** A matcher of `__name__` with `=`: lets the index find the series. */
  readonly equals?: string;
}

/** A query that is not a plain selector, or a wrong parameter: Prometheus's `bad_data`. */
export class BadData extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadData';
  }
}

const NAME = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)?\s*/;
const MATCHER =
  /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)\s*/;
/** Labels do not need longer expressions and selectors, which could take a long time. */
const MAX_REGEX = 256;
const MAX_MATCHERS = 32;

/** Steps of all expressions of a selector together: `a{1000}` has 1,002, and 256 characters can result in 36,000. */
const MAX_STEPS = 5000;

/** Parses `name{label="value", …}`. Throws `BadData` on everything else of PromQL. */
export function parseSelector(query: string): Matcher[] {
  const [head = '', name] = NAME.exec(query) ?? [];
  let rest = query.slice(head.length);
  const matchers = name === undefined ? [] : [toMatcher('__name__', '=', name, new Regexes())];
  if (rest.startsWith('{')) {
    const braces = parseBraces(rest.slice(1));
    matchers.push(...braces.matchers);
    rest = braces.rest;
  }
  if (rest.trim() !== '') {
    throw new BadData(
      `only a plain selector such as name{label="value"} is understood, not ${JSON.stringify(rest.trim().slice(0, 40))}`,
    );
  }
  if (matchers.every(({ matches }) => matches(''))) {
    throw new BadData(
      'the selector must contain at least one matcher that does not match the empty string',
    );
  }
  return matchers;
}

function parseBraces(text: string): { matchers: Matcher[]; rest: string } {
  const matchers: Matcher[] = [];
  const regexes = new Regexes();
  let rest = text;
  for (let found = MATCHER.exec(rest); found; found = MATCHER.exec(rest)) {
    const [all, label = '', operator = '', quoted = ''] = found;
    if (matchers.length === MAX_MATCHERS)
      throw new BadData(`a selector has at most ${MAX_MATCHERS} matchers`);
    matchers.push(toMatcher(label, operator, unquote(quoted), regexes));
    rest = rest.slice(all.length);
    if (!rest.startsWith(',')) break;
    rest = rest.slice(1);
  }
  rest = rest.trimStart();
  if (!rest.startsWith('}'))
    throw new BadData(`expected a matcher or "}" at ${JSON.stringify(rest.slice(0, 40))}`);
  return { matchers, rest: rest.slice(1) };
}

function toMatcher(label: string, operator: string, value: string, regexes: Regexes): Matcher {
  switch (operator) {
    case '=':
      return { label, matches: (given) => given === value, equals: value };
    case '!=':
      return { label, matches: (given) => given !== value };
    default: {
      const regex = regexes.compile(value);
      return { label, matches: (given) => regex.matches(given) === (operator === '=~') };
    }
  }
}

/** RE2, as in Prometheus: matching is linear in the length of the text and the number of steps. */
class Regexes {
  #left = MAX_STEPS;

  compile(source: string): RE2JS {
    if (source.length > MAX_REGEX)
      throw new BadData(`a regular expression has at most ${MAX_REGEX} characters`);
    const regex = compiled(source);
    this.#left -= regex.programSize();
    if (this.#left < 0) {
      throw new BadData(
        `the regular expressions of a selector have at most ${MAX_STEPS} steps: repeat less in ${JSON.stringify(source)}`,
      );
    }
    return regex;
  }
}

function compiled(source: string): RE2JS {
  try {
    return RE2JS.compile(source, RE2JS.DOTALL);
  } catch (error) {
    throw new BadData(`${JSON.stringify(source)} is not a regular expression: ${String(error)}`);
  }
}

function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('`')) return inner;
  const escapes: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    '\\': '\\',
    '"': '"',
    "'": "'",
  };
  return inner.replace(/\\(.)/g, (all, sign: string) => {
    const plain = escapes[sign];
    if (plain === undefined) throw new BadData(`unknown escape ${JSON.stringify(all)}`);
    return plain;
  });
}
