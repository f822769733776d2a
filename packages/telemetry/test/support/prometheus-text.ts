/**
 * Reads the text of a scrape as strictly as Prometheus does, and more: throws on a line that is none, on a series, a bound or a
 * head that is there twice, and on a histogram that does not add up.
 */
export interface Scraped {
  readonly types: ReadonlyMap<string, string>;
  readonly helps: ReadonlyMap<string, string>;
  /** Value by series, as `seriesKey` writes it. */
  readonly series: ReadonlyMap<string, number>;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** A series in one text, whatever the order of its labels was. */
export function seriesKey(name: string, labels: Iterable<readonly [string, string]>): string {
  const sorted = [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name}{${sorted.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')}}`;
}

const METRIC = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const VALUE = /(?:[^"\\\n]|\\[\\"n])*/y;
const NUMBER = /NaN|[+-]Inf|-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?/y;
const HELP = /(?:[^\\\n]|\\[\\n])*/y;
const TYPE = /counter|gauge|histogram|summary|untyped/y;

export function readPrometheus(text: string): Scraped {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  if (!text.isWellFormed() || text.includes('\u0000')) throw new Error('it is not UTF-8');
  const reading = new Reading();
  for (const line of text.slice(0, -1).split('\n')) reading.add(line);
  return reading.finish();
}

class Reading implements Scraped {
  readonly types = new Map<string, string>();
  readonly helps = new Map<string, string>();
  readonly series = new Map<string, number>();
  readonly samples: Sample[] = [];
  readonly #ended = new Set<string>();
  #family = '';

  add(line: string): void {
    if (line === '') return;
    if (line.startsWith('#')) this.#addHead(new Cursor(line));
    else this.#addSample(new Cursor(line));
  }

  finish(): Scraped {
    for (const [name, type] of this.types) if (type === 'histogram') checkHistogram(this, name);
    return this;
  }

  #addHead(cursor: Cursor): void {
    const kind = cursor.take(/# (?:HELP|TYPE) /y).slice(2, 6);
    const name = cursor.take(METRIC);
    cursor.take(/ /y);
    const rest = cursor.take(kind === 'HELP' ? HELP : TYPE);
    cursor.end();
    this.#begin(name);
    const heads = kind === 'HELP' ? this.helps : this.types;
    if (heads.has(name)) throw new Error(`${name} has its ${kind} twice`);
    if (this.samples.some((sample) => sample.name === name)) throw new Error(`${kind} is late`);
    heads.set(name, unescaped(rest));
  }

  #addSample(cursor: Cursor): void {
    const name = cursor.take(METRIC);
    const labels = cursor.accepts('{') ? readLabels(cursor) : new Map<string, string>();
    cursor.take(/ /y);
    const value = Number(cursor.take(NUMBER).replace('Inf', 'Infinity'));
    cursor.end();
    this.#begin(this.#familyOf(name));
    const key = seriesKey(
      name,
      [...labels].filter(([, text]) => text !== ''),
    );
    if (this.series.has(key)) throw new Error(`it is there twice: ${key.slice(0, 200)}`);
    this.series.set(key, value);
    this.samples.push({ name, labels, value });
  }

  /** Lines of one family stand together. */
  #begin(family: string): void {
    if (family === this.#family) return;
    if (this.#ended.has(family)) throw new Error(`${family} is in two places`);
    this.#ended.add(family);
    this.#family = family;
  }

  #familyOf(name: string): string {
    const base = name.replace(/_(?:bucket|sum|count)$/, '');
    if (this.types.has(name)) return name;
    if (this.types.get(base) !== 'histogram') throw new Error(`${name} has no type`);
    return base;
  }
}

/** One line, read from its beginning. */
class Cursor {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#line)?.[0];
    if (found === undefined)
      throw new Error(`${pattern} expected: ${this.#line.slice(this.#at, 200)}`);
    this.#at += found.length;
    return found;
  }

  accepts(character: string): boolean {
    const isThere = this.#line[this.#at] === character;
    if (isThere) this.#at += 1;
    return isThere;
  }

  end(): void {
    if (this.#at < this.#line.length)
      throw new Error(`more than a line: ${this.#line.slice(0, 200)}`);
  }
}

function readLabels(cursor: Cursor): Map<string, string> {
  const labels = new Map<string, string>();
  do {
    const label = cursor.take(LABEL);
    cursor.take(/="/y);
    const value = unescaped(cursor.take(VALUE));
    cursor.take(/"/y);
    if (labels.has(label) || label === '__name__') throw new Error(`${label} is there twice`);
    labels.set(label, value);
  } while (cursor.accepts(','));
  cursor.take(/\}/y);
  return labels;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

/** Counts of buckets do not fall, and the last one is the count. */
function checkHistogram({ samples, series }: Scraped, name: string): void {
  const last = new Map<string, { bound: number; count: number }>();
  for (const { labels, value } of samples.filter((one) => one.name === `${name}_bucket`)) {
    const bound = Number(labels.get('le')?.replace('Inf', 'Infinity'));
    const others = [...labels].filter(([label]) => label !== 'le');
    const key = seriesKey(`${name}_count`, others);
    const below = last.get(key) ?? { bound: Number.NaN, count: 0 };
    if (bound <= below.bound || value < below.count) throw new Error(`buckets of ${key} fall`);
    last.set(key, { bound, count: value });
  }
  for (const [key, { bound, count }] of last) {
    if (bound !== Number.POSITIVE_INFINITY || series.get(key) !== count)
      throw new Error(`${key} is not its last bucket`);
  }
}
