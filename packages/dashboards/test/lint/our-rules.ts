/** Our own rules for boards. */
import {
  ATTRIBUTES,
  INSTRUMENTS,
  PREFIX,
  prometheusLabel,
  prometheusName,
} from '@moneytrail/catalogue';
import { EXTERNAL_METRICS } from '@moneytrail/promql';
import type { Reading } from './promql.ts';
import { type BoardJson, type PanelJson, panelsOf, promqlOf } from './view.ts';

const COLUMNS = 24;
const MOST = { panels: 25, queries: 60 };
const MAX_ID = 2 ** 31 - 1;
/** The palette of Okabe and Ito, which is distinct for people with colour vision deficiency. */
const PALETTE = ['#009E73', '#E69F00', '#D55E00', '#CC79A7', '#56B4E9', '#999999', '#0072B2'];
/** Metrics of failures. */
const FAILURE = /STATUS_CODE_ERROR|unhealthy|declines|disputes|fraud|\[45\]|dropped|coerced/;

const OWN = Object.entries(INSTRUMENTS).map(([name, { unit, kind }]) => ({
  name: prometheusName(PREFIX + name, unit, kind),
  unit,
  isHistogram: kind === 'histogram',
}));
const OTHERS = Object.entries(EXTERNAL_METRICS.instruments).map(
  ([name, { unit, kind, ...rest }]) => ({
    name:
      'scraped' in rest
        ? name
        : prometheusName(name, unit, kind === 'exponential' ? 'histogram' : kind),
    unit,
    isHistogram: kind === 'histogram',
  }),
);
/** Units by every name that Prometheus has. */
const UNITS = new Map(
  [...OWN, ...OTHERS].flatMap(({ name, unit, isHistogram }): [string, string][] =>
    isHistogram
      ? [
          [`${name}_bucket`, unit],
          [`${name}_sum`, unit],
          [`${name}_count`, '{call}'],
        ]
      : [[name, unit]],
  ),
);
const MONEY = '{currency_unit}';

/** Metrics of money that say whose it is. */
const OF_ACCOUNTS = new Set(
  Object.entries(INSTRUMENTS)
    .filter(([, { unit, attributes }]) => unit === MONEY && has(attributes, 'account.kind'))
    .flatMap(([name, { unit, kind }]) => {
      const known = prometheusName(PREFIX + name, unit, kind);
      return [known, `${known}_bucket`, `${known}_sum`];
    }),
);

function has(attributes: readonly string[], name: string): boolean {
  return attributes.includes(name);
}

/** Labels whose values are few: closed sets and currencies, names that code gives, and what the telemetry bounds. */
const BOUNDED = new Set([
  ...Object.entries(ATTRIBUTES)
    .filter(([, { kind }]) => ['set', 'open_set', 'currency', 'name'].includes(kind))
    .map(([name]) => prometheusLabel(name)),
  ...['le', 'span_name', 'http_response_status_code', 'server_address', 'db_operation_name'],
  ...['db_client_connection_state', 'v8js_gc_type', 'exporter', 'service_instance_id'],
]);

/** What Grafana's linter does not ask. */
export const OUR_RULES = {
  'stable-ids': ({ uid, panels }: BoardJson) => [
    ...(/^[a-z-]{8,40}$/.test(uid) ? [] : [`uid ${uid}`]),
    ...panels
      .filter(({ id }, at) => !isId(id) || panels.findIndex((other) => other.id === id) !== at)
      .map(({ id }) => `id ${id}`),
  ],
  grid: ({ panels }: BoardJson) =>
    panels
      .filter(
        (panel, at) => !fits(panel) || panels.slice(0, at).some((other) => overlap(panel, other)),
      )
      .map(({ title }) => title),
  size: (board: BoardJson) => {
    const panels = panelsOf(board);
    const queries = panels.flatMap(({ targets }) => targets).length;
    return [
      ...(panels.length > MOST.panels ? [`${panels.length} panels`] : []),
      ...(queries > MOST.queries ? [`${queries} queries`] : []),
    ];
  },
  'unit-of-metric': (board: BoardJson) =>
    promqlOf(board)
      .filter(({ panel, target, info }) => {
        const known = info.readings.map(({ metric: name }) => UNITS.get(name));
        const unit = unitOf(panel, target.refId);
        if (isShare(target.expr)) return unit !== 'percentunit';
        if (known.every((one) => one === MONEY)) return unit !== 'locale';
        if (target.expr.startsWith('histogram_quantile')) return unit !== 's';
        return known.includes('By') && unit !== 'bytes';
      })
      .map(({ panel, target }) => `${panel.title}, ${target.refId}`),
  'money-by-currency': (board: BoardJson) =>
    promqlOf(board)
      .filter(({ info }) =>
        info.readings.some(
          (reading) => UNITS.get(reading.metric) === MONEY && !keepsCurrency(reading),
        ),
      )
      .map(({ panel }) => panel.title),
  'money-by-account': (board: BoardJson) =>
    promqlOf(board)
      .filter(({ info }) => info.readings.some((reading) => !keepsAccount(reading)))
      .map(({ panel }) => panel.title),
  'failure-links': (board: BoardJson) =>
    panelsOf(board)
      .filter(({ targets }) => targets.some(({ expr }) => FAILURE.test(expr)))
      .filter(({ type }) => type !== 'logs')
      .filter((panel) => !leadsOn(panel, board.uid.endsWith('service')))
      .map(({ title }) => title),
  'bounded-labels': (board: BoardJson) =>
    promqlOf(board).flatMap(({ panel, info }) =>
      info.readings
        .flatMap(({ groupings }) => groupings.flat())
        .filter((label) => !BOUNDED.has(label))
        .map((label) => `${panel.title} splits by ${label}`),
    ),
  'no-value': (board: BoardJson) =>
    panelsOf(board)
      .filter(({ fieldConfig }) => !fieldConfig.defaults.noValue)
      .map(({ title }) => title),
  colours: (board: BoardJson) =>
    panelsOf(board).flatMap((panel) =>
      coloursOf(panel)
        .filter((colour) => !PALETTE.includes(colour))
        .map((colour) => `${panel.title}: ${colour}`),
    ),
  'known-metric': (board: BoardJson) =>
    promqlOf(board).flatMap(({ info }) =>
      info.readings.map(({ metric: name }) => name).filter((name) => !UNITS.has(name)),
    ),
  exemplars: (board: BoardJson) => {
    const asked = promqlOf(board).filter(({ target }) => target.exemplar === true);
    const wrong = asked.filter(
      ({ target }) => !target.expr.includes('traces_span_metrics_duration'),
    );
    return [
      ...(board.uid.endsWith('service') && asked.length === 0 ? ['no chart leads to traces'] : []),
      ...wrong.map(({ panel }) => panel.title),
    ];
  },
  'guarded-ratio': (board: BoardJson) =>
    promqlOf(board)
      .filter(({ info }) => info.divisors.some((divisor) => !/ > 0\)$/.test(divisor)))
      .map(({ panel }) => panel.title),
  'one-title': (board: BoardJson) =>
    panelsOf(board)
      .map(({ title }) => title)
      .filter((title, at, all) => all.indexOf(title) !== at),
  legend: (board: BoardJson) =>
    panelsOf(board)
      .filter(({ targets }) => targets.length > 1)
      .filter(
        ({ targets }) =>
          new Set(targets.map(({ legendFormat }) => legendFormat)).size < targets.length,
      )
      .map(({ title }) => title),
};

function isId(id: unknown): boolean {
  return typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= MAX_ID;
}

function fits({ gridPos: { x, y, w, h }, type }: PanelJson): boolean {
  const [least, most] = type === 'row' ? [1, 1] : [4, 12];
  return x >= 0 && y >= 0 && w >= 4 && x + w <= COLUMNS && h >= least && h <= most;
}

function overlap({ gridPos: a }: PanelJson, { gridPos: b }: PanelJson): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** The unit of a panel, or of the column of a table that a query fills. */
function unitOf({ type, fieldConfig, targets }: PanelJson, refId: string): unknown {
  const column = targets.findIndex((target) => target.refId === refId);
  const own = type === 'table' ? fieldConfig.overrides[column]?.properties : undefined;
  return own?.find(({ id }) => id === 'unit')?.value ?? fieldConfig.defaults.unit;
}

function isShare(query: string): boolean {
  return query.includes(') / (') || query.includes('_ratio{') || query.includes('_utilization');
}

/** The nearest aggregation must keep what the later ones could lose as well. */
function keepsCurrency({ groupings, filters }: Reading): boolean {
  const [nearest, ...outer] = groupings;
  if (nearest === undefined) return filters.has('money_currency');
  return [nearest, ...outer].every((labels) => labels.includes('money_currency'));
}

/** Money of one's own and that of connected accounts are not added. */
function keepsAccount({ groupings, filters, metric }: Reading): boolean {
  if (!OF_ACCOUNTS.has(metric) || filters.has('account_kind')) return true;
  return groupings.length > 0 && groupings.every((labels) => labels.includes('account_kind'));
}

function leadsOn({ fieldConfig }: PanelJson, toTraces: boolean): boolean {
  const urls = (fieldConfig.defaults.links ?? []).map(({ url }) => url);
  const to = (type: string): boolean => urls.some((url) => url.includes(`\${${type}_datasource}`));
  // A log line of money leads to its trace by itself.
  return to('loki') && (!toTraces || to('jaeger'));
}

function coloursOf({ fieldConfig: { defaults, overrides } }: PanelJson): string[] {
  const fixed = overrides
    .flatMap(({ properties }) => properties)
    .filter(({ id }) => id === 'color')
    .map(({ value }) => String(Reflect.get(Object(value), 'fixedColor')));
  return [...(defaults.thresholds?.steps ?? []).map(({ color }) => color), ...fixed];
}
