/** Reads the text of a scrape as strictly as Prometheus does: throws on a line that is none and on a series that is there twice. */
export interface Scraped {
  readonly types: ReadonlyMap<string, string>;
  /** Value by series: the name with its labels as they are written. */
  readonly series: ReadonlyMap<string, number>;
}

const NAME = '[a-zA-Z_][a-zA-Z0-9_]*';
const LABEL = `${NAME}="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"`;
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{((?:${LABEL})(?:,${LABEL})*)\\})? (NaN|[+-]Inf|-?[0-9.]+(?:e[+-]?[0-9]+)?)$`,
);
const HEAD = new RegExp(`^# (HELP|TYPE) (${NAME}) (.*)$`);

export function readPrometheus(text: string): Scraped {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  if (!text.isWellFormed() || text.includes('\u0000')) throw new Error('it is not UTF-8');
  const types = new Map<string, string>();
  const series = new Map<string, number>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const head = HEAD.exec(line);
    if (head) addHead(types, head);
    else addSample(series, line);
  }
  return { types, series };
}

function addHead(types: Map<string, string>, [, kind, name = '', rest = '']: string[]): void {
  if (kind !== 'TYPE') return;
  if (types.has(name)) throw new Error(`${name} has two types`);
  types.set(name, rest);
}

function addSample(series: Map<string, number>, line: string): void {
  const [, name, labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`no sample: ${line.slice(0, 200)}`);
  const names = [...labels.matchAll(new RegExp(LABEL, 'g'))].map(([one]) => one.split('=', 1)[0]);
  if (new Set(names).size < names.length) throw new Error(`a label is there twice: ${line}`);
  const key = `${name}{${labels}}`;
  if (series.has(key)) throw new Error(`it is there twice: ${key.slice(0, 200)}`);
  series.set(key, Number(value.replace('Inf', 'Infinity')));
}
