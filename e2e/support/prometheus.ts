import { field, getJson, labels, list, text } from './read-json.ts';

/** One series with its samples in the order of time. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly { readonly atMs: number; readonly value: number }[];
}

/** An exemplar of a series. */
export interface Exemplar {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly atMs: number;
}

/** What a query gives now: one sample a series, or every raw sample for a range such as `name[1h]`. */
export async function queryPrometheus(url: string, query: string): Promise<Series[]> {
  const time = String(Date.now() / 1000);
  const answer = await getJson(`${url}/api/v1/query`, { query, time });
  return list(field(answer, 'data'), 'result').map(readSeries);
}

/** The value of a query that gives one series without labels, or undefined when it gives none. */
export async function scalarOf(url: string, query: string): Promise<number | undefined> {
  return (await queryPrometheus(url, query))[0]?.samples[0]?.value;
}

/** What a query gives at every step of a window. */
export async function queryPrometheusRange(
  url: string,
  query: string,
  window: { readonly fromMs: number; readonly toMs: number; readonly stepSeconds: number },
): Promise<Series[]> {
  const answer = await getJson(`${url}/api/v1/query_range`, {
    query,
    start: String(window.fromMs / 1000),
    end: String(window.toMs / 1000),
    step: String(window.stepSeconds),
  });
  return list(field(answer, 'data'), 'result').map(readSeries);
}

/** The exemplars of the series that a query names. */
export async function exemplarsOf(
  url: string,
  query: string,
  fromMs: number,
  toMs: number,
): Promise<Exemplar[]> {
  const answer = await getJson(`${url}/api/v1/query_exemplars`, {
    query,
    start: String(fromMs / 1000),
    end: String(toMs / 1000),
  });
  return list(answer, 'data').flatMap((series) =>
    list(series, 'exemplars').map((exemplar) => ({
      seriesLabels: labels(field(series, 'seriesLabels')),
      labels: labels(field(exemplar, 'labels')),
      value: Number(text(exemplar, 'value')),
      atMs: Math.round(Number(text(exemplar, 'timestamp')) * 1000),
    })),
  );
}

/** The label sets of every series that a selector names. */
export async function seriesOf(
  url: string,
  selector: string,
): Promise<Readonly<Record<string, string>>[]> {
  const answer = await getJson(`${url}/api/v1/series`, { 'match[]': selector });
  return list(answer, 'data').map(labels);
}

/** Names, types, units and help of every metric, as JSON text. */
export async function metadataOf(url: string): Promise<string> {
  return JSON.stringify(field(await getJson(`${url}/api/v1/metadata`), 'data'));
}

function readSeries(series: unknown): Series {
  const values = list(series, 'values');
  const points = values.length > 0 ? values : [field(series, 'value')];
  return { labels: labels(field(series, 'metric')), samples: points.flatMap(readPoint) };
}

/** A native histogram has no `value`; its samples are of no use here. */
function readPoint(point: unknown): Series['samples'] {
  if (!Array.isArray(point)) return [];
  return [{ atMs: Math.round(Number(point[0]) * 1000), value: Number(point[1]) }];
}
