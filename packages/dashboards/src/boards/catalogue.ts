/** A board for any catalogue: one panel per metric, and the events. */

import type { Catalogue } from '@moneytrail/catalogue';
import { latest, type Metric, max, metric, type Query, quantile, rate } from '@moneytrail/promql';
import type { Board } from '../board.ts';
import { eventLines, familiesOf } from '../logql.ts';
import { logs, type Panel, type Row, type Target, trend } from '../panel.ts';

const CURRENCY = 'money.currency';
const PROVIDER = 'payment.provider';
/** Labels by which a board is filtered already. */
const CHOSEN: readonly string[] = [CURRENCY, PROVIDER];

/**
 * A board with every metric and the events of a catalogue. Counters are shown as rates, histograms by their quantiles, and money by
 * its currency. Each metric is split by its first label with closed values.
 *
 * @example
 * ```ts
 * import { defineCatalogue } from '@moneytrail/catalogue';
 * import { catalogueBoard, dashboard } from '@moneytrail/dashboards';
 * const shop = defineCatalogue({
 *   prefix: 'shop',
 *   instruments: {
 *     'order.shipments': { kind: 'counter', unit: '{order}', attributes: [], help: 'Shipped orders.' },
 *   },
 *   events: { 'order.shipped': { help: 'An order left.', severity: 'INFO', identity: [] } },
 * });
 * const board = dashboard(catalogueBoard(shop, { uid: 'shop-orders', title: 'Orders' }));
 * console.log(board.panels?.map(({ title }) => title).join()); // Metrics,Order shipments per minute,Events,Latest events
 * ```
 */
export function catalogueBoard(
  catalogue: Catalogue,
  { uid, title }: { readonly uid: string; readonly title: string },
): Board {
  const names = Object.keys(catalogue.instruments);
  const metrics = names.map((name) => metric(catalogue, name));
  const having = (label: string): Record<string, Metric> => {
    const found = metrics.find(({ labels }) => labels.some(({ name }) => name === label));
    return found ? { [label]: found } : {};
  };
  return {
    uid,
    title,
    description: `Metrics and events of ${catalogue.prefix}*.`,
    services: 'all',
    choices: { ...having(PROVIDER), ...having(CURRENCY) },
    rows: [['Metrics', names.map((name) => metricPanel(catalogue, name))], ...eventRows(catalogue)],
  };
}

function metricPanel(catalogue: Catalogue, name: string): Panel {
  const { help = '' } = catalogue.instruments[name] ?? {};
  const one = metric(catalogue, name);
  const words = name.replaceAll(/[._]/g, ' ');
  return trend(catalogue.prefix + name, {
    title: `${words.charAt(0).toUpperCase()}${words.slice(1)}${titleEnd(one)}`,
    description: help,
    width: 8,
    noValue: 'No data',
    targets: targetsOf(one),
  });
}

function titleEnd({ kind, unit }: Metric): string {
  if (kind !== 'counter') return '';
  return unit === '{currency_unit}' ? ' per hour' : ' per minute';
}

function targetsOf(one: Metric): Target[] {
  const by = splitOf(one);
  if (one.kind === 'counter') {
    const per = one.unit === '{currency_unit}' ? 'hour' : 'minute';
    return [['', rate(one, { per, by })]];
  }
  if (one.kind === 'gauge') return [['', gauge(one, by)]];
  // A quantile per label value would be too many lines: two of them are read together.
  return [
    ['p50', quantile(0.5, one)],
    ['p95', quantile(0.95, one)],
  ];
}

/** The currency, and the first other label with closed values. */
function splitOf({ labels }: Metric): string[] {
  const currency = labels.filter(({ name }) => name === CURRENCY);
  const closed = labels.filter(({ name, values }) => values && !CHOSEN.includes(name));
  return [...currency, ...closed.slice(0, 1)].map(({ name }) => name);
}

/** Times and shares of several series are not added. */
function gauge(one: Metric, by: readonly string[]): Query {
  return one.unit === 's' || one.unit === '1' ? max(one, { by }) : latest(one, { by });
}

function eventRows(catalogue: Catalogue): Row[] {
  const families = familiesOf(Object.keys(catalogue.events));
  if (families.length === 0) return [];
  const panel = logs(`${catalogue.prefix}events`, {
    title: 'Latest events',
    description: 'Every event as it was recorded. Expand one to open its trace.',
    width: 24,
    noValue: 'No events',
    query: eventLines(catalogue, families),
  });
  return [['Events', [panel]]];
}
