/** Rules of Grafana for boards. */
import { type Asked, type BoardJson, logqlOf, panelsOf, promqlOf } from './view.ts';

const SOURCES = ['prometheus', 'loki', 'jaeger'];
const ON_TIME_RANGE = 2;
/** Ends like a counter and is a gauge. */
const POOL_GAUGE = 'db_client_connection_count';
/** Functions and forms in which a counter means something. */
const COUNTER_FUNCTIONS = ['rate', 'increase', 'resets', 'last_over_time'];

function titles(asked: readonly Pick<Asked, 'panel' | 'target'>[]): string[] {
  return asked.map(({ panel, target }) => `${panel.title}, ${target.refId}`);
}

function variable(board: BoardJson, name: string): BoardJson['templating']['list'] {
  return board.templating.list.filter((one) => one.name === name && one.type === 'query');
}

function ofServices(board: BoardJson): Asked[] {
  // The Collector scraped by itself belongs to no service.
  return promqlOf(board).filter(({ target }) => !target.expr.includes('otelcol_'));
}

function unfiltered(board: BoardJson, label: string, filter: string): string[] {
  const bare = ofServices(board).filter(({ info }) =>
    info.readings.some(({ filters }) => filters.get(label) !== filter),
  );
  return titles([
    ...bare,
    ...logqlOf(board).filter(({ target }) => !target.expr.includes(`${label}${filter}`)),
  ]);
}

/**
 * The rules of grafana/dashboard-linter, with service and environment for job and instance, because they
 * identify series that arrive over OTLP.
 */
export const GRAFANA_RULES = {
  'template-datasource': (board: BoardJson) =>
    SOURCES.filter(
      (type) =>
        !board.templating.list.some(
          ({ name, type: kind, query }) =>
            kind === 'datasource' && name === `${type}_datasource` && query === type,
        ),
    ),
  'template-service': (board: BoardJson) =>
    variable(board, 'service').length === 1 ? [] : ['no choice of the service'],
  'template-environment': (board: BoardJson) =>
    variable(board, 'environment').length === 1 ? [] : ['no choice of the environment'],
  'template-label-promql': (board: BoardJson) =>
    board.templating.list
      .filter(
        ({ type, query }) => type === 'query' && !/^label_values\([a-z_]+, [a-z_]+\)$/.test(query),
      )
      .map(({ name }) => name),
  'template-on-time-change-reload': (board: BoardJson) =>
    board.templating.list
      .filter(({ type, refresh }) => type === 'query' && refresh !== ON_TIME_RANGE)
      .map(({ name }) => name),
  'panel-datasource': (board: BoardJson) =>
    panelsOf(board)
      .filter(({ datasource, targets }) =>
        [datasource, ...targets.map((target) => target.datasource)].some(
          (ref) => ref?.uid !== `\${${ref?.type}_datasource}`,
        ),
      )
      .map(({ title }) => title),
  'panel-title-description': (board: BoardJson) =>
    panelsOf(board)
      .filter(({ title, description = '' }) => !title || description.length < 15)
      .map(({ id }) => `panel ${id}`),
  'panel-units': (board: BoardJson) =>
    panelsOf(board)
      .filter(({ type, fieldConfig }) => type !== 'logs' && !fieldConfig.defaults.unit)
      .map(({ title }) => title),
  'panel-no-targets': (board: BoardJson) =>
    panelsOf(board)
      .filter(({ targets }) => targets.length === 0)
      .map(({ title }) => title),
  'target-logql': (board: BoardJson) =>
    titles(logqlOf(board).filter(({ target }) => !isLogql(target.expr))),
  'target-logql-auto': (board: BoardJson) =>
    titles(logqlOf(board).filter(({ target }) => /\[(?!\$__auto\])/.test(unquoted(target.expr)))),
  'target-promql': (board: BoardJson) =>
    titles(promqlOf(board).filter(({ info }) => info.errors > 0)),
  'target-rate-interval': (board: BoardJson) =>
    titles(
      promqlOf(board).filter(({ target, info }) =>
        info.readings.some(({ range }) => !allowedRange(range, target.instant === true)),
      ),
    ),
  'target-service': (board: BoardJson) => unfiltered(board, 'service_name', '=~"$service"'),
  'target-environment': (board: BoardJson) =>
    unfiltered(board, 'deployment_environment_name', '=~"$environment"'),
  'target-counter-agg': (board: BoardJson) =>
    titles(
      promqlOf(board).filter(({ info }) =>
        info.readings.some(
          ({ metric, functions, isOffset, groupings }) =>
            /_(total|bucket|count|sum)$/.test(metric) &&
            metric !== POOL_GAUGE &&
            (groupings.length === 0 ||
              !(isOffset || functions.some((name) => COUNTER_FUNCTIONS.includes(name)))),
        ),
      ),
    ),
  'uneditable-dashboard': (board: BoardJson) => (board.editable ? ['can be edited'] : []),
};

/** At the steps of a chart only the interval that Grafana fits to them; once, also the time that the board shows. */
function allowedRange(range: string | undefined, isOnce: boolean): boolean {
  return range === undefined || range === '$__rate_interval' || (isOnce && range === '$__range');
}

/** Brackets in pairs, a stream to begin with, and a matcher in it that cannot match everything. */
function isLogql(query: string): boolean {
  const bare = unquoted(query);
  const pairs = ['()', '{}', '[]'].every(
    (pair) => bare.split(pair.charAt(0)).length === bare.split(pair.charAt(1)).length,
  );
  return pairs && /^(sum( by \(\w+\) )?\(count_over_time\()?\{[^{}]+\}/.test(bare);
}

function unquoted(query: string): string {
  return query.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
}
