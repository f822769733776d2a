/** One way or more to break each rule: a board with the fault must be found out. */
import type { BoardJson, PanelJson, TargetJson } from './view.ts';

/** What it does to a board that has no fault. */
export type Fault = readonly [says: string, plant: (board: BoardJson) => void];

function panel(board: BoardJson, type: string): PanelJson {
  const found = board.panels.find((one) => one.type === type);
  if (!found) throw new Error(`no panel of type ${type}`);
  return found;
}

/** A query that has the text, and its panel. */
function asking(board: BoardJson, text: string): { panel: PanelJson; target: TargetJson } {
  for (const one of board.panels) {
    const target = (one.targets ?? []).find(({ expr }) => expr.includes(text));
    if (target) return { panel: one, target };
  }
  throw new Error(`no query with ${text}`);
}

function rewrite(board: BoardJson, text: string, by: string): void {
  const { target } = asking(board, text);
  target.expr = target.expr.replaceAll(text, by);
}

function rewriteLogql(board: BoardJson, text: string, by: string): void {
  const targets = board.panels.flatMap((one) => one.targets ?? []);
  const target = targets.find(({ datasource }) => datasource.type === 'loki');
  if (target) target.expr = target.expr.replace(text, by);
}

function ask(board: BoardJson, expr: string): void {
  const [target] = panel(board, 'timeseries').targets;
  if (target) target.expr = expr;
}

function without(board: BoardJson, name: string): void {
  const { templating } = board;
  templating.list = templating.list.filter((one) => one.name !== name);
}

const CAPTURED = 'moneytrail_payment_volume_total';
const FILTERS = 'service_name=~"$service", deployment_environment_name=~"$environment"';

/** Faults by the rule that must find them; all of them fit both boards. */
export const FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  'template-datasource': [
    ['the choice of the traces is missing', (board) => without(board, 'jaeger_datasource')],
  ],
  'template-service': [['the choice is missing', (board) => without(board, 'service')]],
  'template-environment': [['the choice is missing', (board) => without(board, 'environment')]],
  'template-label-promql': [
    [
      'a bracket is missing',
      (board) => {
        for (const one of board.templating.list) one.query = one.query.replace(')', '');
      },
    ],
  ],
  'template-on-time-change-reload': [
    [
      'values are read once',
      (board) => {
        for (const one of board.templating.list) one.refresh = 1;
      },
    ],
  ],
  'panel-datasource': [
    [
      'a panel has a fixed one',
      (board) => {
        panel(board, 'stat').datasource = { type: 'prometheus', uid: 'prometheus' };
      },
    ],
    [
      'a query has a fixed one',
      (board) => {
        const [target] = panel(board, 'stat').targets;
        if (target) target.datasource = { type: 'prometheus', uid: 'abc' };
      },
    ],
  ],
  'panel-title-description': [
    ['no title', (board) => Object.assign(panel(board, 'stat'), { title: '' })],
    ['no description', (board) => Object.assign(panel(board, 'table'), { description: '' })],
  ],
  'panel-units': [
    ['no unit', (board) => Object.assign(panel(board, 'stat').fieldConfig.defaults, { unit: '' })],
  ],
  'panel-no-targets': [
    ['no query', (board) => Object.assign(panel(board, 'stat'), { targets: [] })],
  ],
  'target-logql': [
    ['a bracket is missing', (board) => rewriteLogql(board, '{service_name', 'service_name')],
    ['nothing but a filter', (board) => rewriteLogql(board, '{service_name=~"$service", ', '| {')],
  ],
  'target-logql-auto': [
    [
      'a fixed window',
      (board) => rewriteLogql(board, '{service_name', 'count_over_time({a="b"}[5m]) {service_name'),
    ],
  ],
  'target-promql': [
    ['a bracket is missing', (board) => ask(board, 'sum(rate(x_total[$__rate_interval])')],
    ['no query at all', (board) => ask(board, '')],
  ],
  'target-rate-interval': [
    ['a fixed window', (board) => ask(board, `sum(rate(${CAPTURED}{${FILTERS}}[5m]))`)],
    ['the whole time at each step', (board) => ask(board, `sum(rate(${CAPTURED}[$__range]))`)],
  ],
  'target-service': [
    ['no filter', (board) => rewrite(board, 'service_name=~"$service"', 'service_name=~".+"')],
    ['a filter of one value', (board) => rewrite(board, '=~"$service"', '="shop"')],
  ],
  'target-environment': [
    ['no filter', (board) => rewrite(board, ', deployment_environment_name=~"$environment"', '')],
  ],
  'target-counter-agg': [
    ['a counter as it is', (board) => ask(board, `sum(${CAPTURED}{${FILTERS}})`)],
    ['a rate of each process', (board) => ask(board, `rate(${CAPTURED}[$__rate_interval])`)],
    ['a counter in the wrong function', (board) => ask(board, `sum(abs(${CAPTURED}))`)],
  ],
  'uneditable-dashboard': [['can be edited', (board) => Object.assign(board, { editable: true })]],
  'stable-ids': [
    ['no id', (board) => Object.assign(panel(board, 'stat'), { id: undefined })],
    ['zero', (board) => Object.assign(panel(board, 'row'), { id: 0 })],
    ['too large', (board) => Object.assign(panel(board, 'stat'), { id: 2 ** 31 })],
    ['twice', (board) => Object.assign(panel(board, 'stat'), { id: panel(board, 'row').id })],
    ['a short uid', (board) => Object.assign(board, { uid: 'money' })],
  ],
  grid: [
    ['over the edge', (board) => Object.assign(panel(board, 'table').gridPos, { x: 23 })],
    ['onto another', (board) => Object.assign(panel(board, 'table').gridPos, { x: 0, y: 2 })],
    ['too low to read', (board) => Object.assign(panel(board, 'table').gridPos, { h: 3 })],
  ],
  size: [
    [
      'too many panels',
      (board) => {
        board.panels.push(...board.panels.filter(({ type }) => type !== 'row').slice(0, 5));
      },
    ],
    [
      'too many queries',
      (board) => {
        const { targets } = panel(board, 'stat');
        targets.push(...Array.from({ length: 60 }, () => structuredClone(targets)).flat());
      },
    ],
  ],
  'unit-of-metric': [
    [
      'a time as a number',
      (board) => {
        asking(board, 'histogram_quantile(0.5').panel.fieldConfig.defaults.unit = 'short';
        asking(board, 'histogram_quantile(0.5').panel.fieldConfig.overrides = [];
      },
    ],
    [
      'a share as a number',
      (board) => {
        asking(board, ') / (').panel.fieldConfig.defaults.unit = 'short';
      },
    ],
    [
      'money in dollars, whatever it is',
      (board) => {
        const { panel: shown, target } = asking(board, 'rate(');
        target.expr = `sum by (money_currency) (rate(${CAPTURED}[$__rate_interval]))`;
        shown.fieldConfig.defaults.unit = 'currencyUSD';
      },
    ],
  ],
  'money-by-currency': [
    ['one sum of all', (board) => ask(board, `sum(rate(${CAPTURED}[$__rate_interval]))`)],
    [
      'a sum of sums',
      (board) => ask(board, `sum(sum by (money_currency) (rate(${CAPTURED}[$__rate_interval])))`),
    ],
    [
      'an average',
      (board) => ask(board, `avg by (payment_purpose) (rate(${CAPTURED}[$__rate_interval]))`),
    ],
  ],
  'money-by-account': [
    [
      'one sum of one’s own and of others',
      (board) => ask(board, `sum by (money_currency) (rate(${CAPTURED}[$__rate_interval]))`),
    ],
    [
      'a sum of sums of each',
      (board) =>
        ask(board, `sum by (money_currency) (sum by (money_currency, account_kind) (${CAPTURED}))`),
    ],
  ],
  'failure-links': [
    [
      'no link',
      (board) => {
        for (const one of board.panels) delete one.fieldConfig?.defaults.links;
      },
    ],
    [
      'a link to somewhere else',
      (board) => {
        for (const one of board.panels) {
          if (one.fieldConfig?.defaults.links) {
            one.fieldConfig.defaults.links = [{ title: 'Home', url: '/' }];
          }
        }
      },
    ],
  ],
  'bounded-labels': [
    [
      'an id of a payment',
      (board) => ask(board, `sum by (payment_id) (rate(${CAPTURED}[$__rate_interval]))`),
    ],
    [
      'the text of an address',
      (board) => ask(board, `sum by (url_full) (rate(${CAPTURED}[$__rate_interval]))`),
    ],
  ],
  'no-value': [
    ['none', (board) => Object.assign(panel(board, 'stat').fieldConfig.defaults, { noValue: '' })],
  ],
  colours: [
    [
      'a threshold in red',
      (board) => {
        panel(board, 'stat').fieldConfig.defaults.thresholds = { steps: [{ color: 'red' }] };
      },
    ],
    [
      'a series in green',
      (board) => {
        const value = { mode: 'fixed', fixedColor: '#00FF00' };
        const properties = [{ id: 'color', value }];
        panel(board, 'timeseries').fieldConfig.overrides.push({
          matcher: { options: 'succeeded' },
          properties,
        });
      },
    ],
  ],
  'known-metric': [
    [
      'a typing error',
      (board) => ask(board, 'sum(rate(moneytrail_payment_volum_total[$__range]))'),
    ],
    ['a histogram without its buckets', (board) => ask(board, 'sum(moneytrail_payment_amount)')],
  ],
  exemplars: [
    [
      'a counter has none',
      (board) => {
        const [target] = panel(board, 'timeseries').targets;
        if (target) Object.assign(target, { exemplar: true, expr: 'sum(rate(x_total[1m]))' });
      },
    ],
  ],
  'guarded-ratio': [
    ['by a whole that may be zero', (board) => ask(board, 'sum(a) / (sum(b))')],
    ['by a sum', (board) => ask(board, 'sum(a) / sum(b)')],
  ],
  'one-title': [
    [
      'two of the same',
      (board) => Object.assign(panel(board, 'table'), { title: panel(board, 'stat').title }),
    ],
  ],
  legend: [
    [
      'two lines of one name',
      (board) => {
        for (const { targets = [] } of board.panels) {
          for (const target of targets) target.legendFormat = 'value';
        }
      },
    ],
  ],
};
