import { field, getJson, labels, list, text } from './read-json.ts';

/** A log line with its labels and metadata in Loki. */
export interface LokiEntry {
  readonly atNs: bigint;
  readonly line: string;
  /** Stream labels and structured metadata; dots of attribute names have become underscores. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Loki's limit of entries in a response. */
const LIMIT = 5000;

/** All entries in a window that match a LogQL query, in chronological order; a full response is split into two requests. */
export async function entriesOf(
  url: string,
  query: string,
  fromMs: number,
  toMs: number,
): Promise<LokiEntry[]> {
  const entries = await queryOnce(url, query, fromMs, toMs);
  if (entries.length < LIMIT) return entries;
  const middleMs = Math.floor((fromMs + toMs) / 2);
  if (middleMs === fromMs) throw new Error(`more than ${LIMIT} entries in one millisecond`);
  const earlier = await entriesOf(url, query, fromMs, middleMs);
  return [...earlier, ...(await entriesOf(url, query, middleMs, toMs))];
}

/** The stream labels in Loki, each with its values. */
export async function streamLabels(url: string): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const name of list(await getJson(`${url}/loki/api/v1/labels`), 'data').map(String)) {
    const body = await getJson(`${url}/loki/api/v1/label/${name}/values`);
    found.set(name, list(body, 'data').map(String));
  }
  return found;
}

async function queryOnce(
  url: string,
  query: string,
  fromMs: number,
  toMs: number,
): Promise<LokiEntry[]> {
  const body = await getJson(`${url}/loki/api/v1/query_range`, {
    query,
    start: `${fromMs}000000`,
    end: `${toMs}000000`,
    limit: String(LIMIT),
    direction: 'forward',
  });
  return list(field(body, 'data'), 'result')
    .flatMap((stream) => {
      const held = labels(field(stream, 'stream'));
      return list(stream, 'values').map((value) => readEntry(value, held));
    })
    .sort((one, other) => (one.atNs < other.atNs ? -1 : 1));
}

function readEntry(value: unknown, held: LokiEntry['labels']): LokiEntry {
  return { atNs: BigInt(text(value, '0')), line: text(value, '1'), labels: held };
}
