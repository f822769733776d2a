import { field, getJson, labels, list, text } from './read-json.ts';

/** One series with its samples in chronological order. */
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

/** An instant query: one sample per series, or all raw samples for a range such as `name[1h]`. */
export async function queryPrometheus(url: string, query: string): Promise<Series[]> {
  const time = String(Date.now() / 1000);
  const body = await getJson(`${url}/api/v1/query`, { query, time });
  return list(field(body, 'data'), 'result').map(readSeries);
}

/** The value of a query with a single result; undefined without a result. */
export async function scalarOf(url: string, query: string): Promise<number | undefined> {
  return (await queryPrometheus(url, query))[0]?.samples[0]?.value;
}

/** A range query over a window. */
export async function queryPrometheusRange(
  url: string,
  query: string,
  window: { readonly fromMs: number; readonly toMs: number; readonly stepSeconds: number },
): Promise<Series[]> {
  const body = await getJson(`${url}/api/v1/query_range`, {
    query,
    start: String(window.fromMs / 1000),
    end: String(window.toMs / 1000),
    step: String(window.stepSeconds),
  });
  return list(field(body, 'data'), 'result').map(readSeries);
}

/** The exemplars of the series in a query. */
export async function exemplarsOf(
  url: string,
  query: string,
  fromMs: number,
  toMs: number,
): Promise<Exemplar[]> {
  const body = await getJson(`${url}/api/v1/query_exemplars`, {
    query,
    start: String(fromMs / 1000),
    end: String(toMs / 1000),
  });
  return list(body, 'data').flatMap((series) =>
    list(series, 'exemplars').map((exemplar) => ({
      seriesLabels: labels(field(series, 'seriesLabels')),
      labels: labels(field(exemplar, 'labels')),
      value: Number(text(exemplar, 'value')),
      atMs: Math.round(Number(text(exemplar, 'timestamp')) * 1000),
    })),
  );
}

/** The label sets of all series that match a selector. */
export async function seriesOf(
  url: string,
  selector: string,
): Promise<Readonly<Record<string, string>>[]> {
  const body = await getJson(`${url}/api/v1/series`, { 'match[]': selector });
  return list(body, 'data').map(labels);
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

/** A native histogram has no `value`; its samples are ignored. */
function readPoint(point: unknown): Series['samples'] {
  if (!Array.isArray(point)) return [];
  return [{ atMs: Math.round(Number(point[0]) * 1000), value: Number(point[1]) }];
}
