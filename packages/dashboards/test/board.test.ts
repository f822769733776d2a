/** Tests of boards. */
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE, defineCatalogue } from '@moneytrail/catalogue';
import {
  type Board,
  catalogueBoard,
  dashboard,
  MONEY,
  SERVICE,
  stat,
} from '@moneytrail/dashboards';
import { latest, metric } from '@moneytrail/promql';

const pending = [['', latest(metric(CATALOGUE, 'payout.pending'))]] as const;

function panelOf(key: string, width = 6) {
  const description = 'Started and not yet finished.';
  return stat(key, {
    title: `Title of ${key}`,
    description,
    width,
    noValue: 'None',
    targets: pending,
  });
}

function boardOf(rows: Board['rows']): Board {
  return { uid: 'moneytrail-test', title: 'Test', description: 'A board.', services: 'all', rows };
}

/** Ids by title. */
function idsOf(board: Board): Map<unknown, unknown> {
  return new Map((dashboard(board).panels ?? []).map(({ title, id }) => [title, id]));
}

function placesOf(board: Board): unknown[] {
  return (dashboard(board).panels ?? []).map(({ gridPos }) => gridPos);
}

describe('the id of a panel', () => {
  it.each([
    ['money', MONEY],
    ['service', SERVICE],
  ])('does not depend on the place of the panel: %s', (_, board) => {
    const turned = board.rows.map(([title, panels]) => [title, panels.toReversed()] as const);
    expect(idsOf({ ...board, rows: turned.toReversed() })).toEqual(idsOf(board));
  });

  it('does not change when another panel comes before it or its title changes', () => {
    const before = idsOf(boardOf([['Row', [panelOf('a')]]]));
    const after = idsOf(boardOf([['Row', [panelOf('b'), panelOf('a')]]]));
    expect(after.get('Title of a')).toBe(before.get('Title of a'));
    const renamed = idsOf(boardOf([['Row', [{ ...panelOf('a'), title: 'Other' }]]]));
    expect(renamed.get('Other')).toBe(before.get('Title of a'));
  });

  it('is the same in every version, because links and alerts contain it', () => {
    expect(idsOf(MONEY).get('Captured')).toBe(607_661_919);
    expect(idsOf(SERVICE).get('Failed requests')).toBe(2_055_508_919);
    expect([MONEY.uid, SERVICE.uid]).toEqual(['moneytrail-money', 'moneytrail-service']);
  });

  it('cannot be used twice', () => {
    const twice = boardOf([
      ['Row', [panelOf('a')]],
      ['Other row', [panelOf('a')]],
    ]);
    expect(() => dashboard(twice)).toThrow(
      expect.objectContaining({ code: 'MONEYTRAIL_DASHBOARD_KEY' }),
    );
  });
});

describe('the place of a panel', () => {
  it('is next to the previous one, or in the next line when a line is full', () => {
    const panels = [panelOf('a', 12), panelOf('b', 12), panelOf('c', 13), panelOf('d', 11)];
    expect(placesOf(boardOf([['Row', panels]]))).toEqual([
      { x: 0, y: 0, w: 24, h: 1 },
      { x: 0, y: 1, w: 12, h: 5 },
      { x: 12, y: 1, w: 12, h: 5 },
      { x: 0, y: 6, w: 13, h: 5 },
      { x: 13, y: 6, w: 11, h: 5 },
    ]);
  });

  it('is below the heading of its row', () => {
    const rows = [
      ['One', [panelOf('a')]],
      ['Two', [panelOf('b')]],
    ] as const;
    expect(placesOf(boardOf(rows)).map((place) => Reflect.get(Object(place), 'y'))).toEqual([
      0, 1, 6, 7,
    ]);
  });
});

describe('the choices above a board', () => {
  it.each([
    ['money', MONEY, ['service', 'environment', 'provider', 'currency']],
    ['service', SERVICE, ['service', 'environment']],
    ['of one gauge', boardOf([['Row', [panelOf('a')]]]), ['service', 'environment']],
    ['without panels', boardOf([]), []],
  ])('are those that its queries use: %s', (_, board, expected) => {
    const variables = dashboard(board).templating?.list ?? [];
    const names = variables.filter(({ type }) => type === 'query').map(({ name }) => name);
    expect(names).toEqual(expected);
  });

  it('offer a single service if rates of several would be meaningless', () => {
    const [service] = (dashboard(SERVICE).templating?.list ?? []).filter(
      ({ name }) => name === 'service',
    );
    expect([service?.multi, service?.includeAll]).toEqual([false, false]);
  });
});

describe('the board of a catalogue', () => {
  const EVENT = { help: 'It happened.', severity: 'INFO', identity: [] } as const;
  const shop = defineCatalogue({
    prefix: 'shop',
    attributes: {
      'order.note': { kind: 'name', help: 'Kind of note.' },
      'order.carrier': { kind: 'set', help: 'Carrier.', values: { post: 'By post.' } },
    },
    instruments: {
      'order.shipments': {
        kind: 'counter',
        unit: '{order}',
        attributes: ['order.note', 'order.carrier'],
        help: 'Orders that left the warehouse.',
      },
      'order.volume': {
        kind: 'counter',
        unit: '{currency_unit}',
        attributes: ['money.currency', 'payment.provider'],
        help: 'Money of orders.',
      },
      'order.open': { kind: 'gauge', unit: '{order}', attributes: [], help: 'Open orders.' },
      'order.open.age.max': { kind: 'gauge', unit: 's', attributes: [], help: 'Oldest order.' },
      'order.wait': {
        kind: 'histogram',
        unit: 's',
        attributes: ['order.carrier'],
        buckets: 'process',
        help: 'Time until the shipment.',
      },
    },
    events: { 'order.shipped': EVENT, 'order.lost': EVENT, refill: EVENT },
  });
  const FILTERS = 'service_name=~"$service", deployment_environment_name=~"$environment"';
  const MONEY_FILTERS = `money_currency=~"$currency", payment_provider=~"$provider", ${FILTERS}`;
  const WAIT = `shop_order_wait_seconds_bucket{${FILTERS}}[$__rate_interval]`;
  const board = dashboard(catalogueBoard(shop, { uid: 'shop-orders', title: 'Orders' }));
  const panels = new Map((board.panels ?? []).map((panel) => [panel.title, panel]));
  const exprs = (title: string): unknown[] =>
    [Reflect.get(panels.get(title) ?? {}, 'targets')]
      .flat()
      .map((target) => Reflect.get(target, 'expr'));

  it.each([
    [
      'Order shipments per minute',
      [
        `60 * sum by (order_carrier) (rate(shop_order_shipments_total{${FILTERS}}[$__rate_interval]))`,
      ],
    ],
    [
      'Order volume per hour',
      [
        `3600 * sum by (money_currency) (rate(shop_order_volume_total{${MONEY_FILTERS}}[$__rate_interval]))`,
      ],
    ],
    ['Order open', [`sum(shop_order_open{${FILTERS}})`]],
    ['Order open age max', [`max(shop_order_open_age_max_seconds{${FILTERS}})`]],
    [
      'Order wait',
      [
        `histogram_quantile(0.5, sum by (le) (rate(${WAIT})))`,
        `histogram_quantile(0.95, sum by (le) (rate(${WAIT})))`,
      ],
    ],
    ['Latest events', [`{${FILTERS}, event_name=~"shop\\\\.(order|refill)(\\\\..+)?"}`]],
  ])('shows %s', (title, expected) => {
    expect(exprs(title)).toEqual(expected);
  });

  it('describes a metric by its help', () => {
    expect(panels.get('Order shipments per minute')).toHaveProperty(
      'description',
      'Orders that left the warehouse.',
    );
    expect(panels.get('Order wait')).toHaveProperty('description', 'Time until the shipment.');
  });

  it('has the choices of its metrics, whose values they list', () => {
    const queries = (board.templating?.list ?? []).map(({ query }) => query);
    expect(queries.slice(3)).toEqual([
      'label_values(moneytrail_telemetry_recorded_total, service_name)',
      'label_values(moneytrail_telemetry_recorded_total, deployment_environment_name)',
      'label_values(shop_order_volume_total, payment_provider)',
      'label_values(shop_order_volume_total, money_currency)',
    ]);
  });

  it('has no row of events for a catalogue without events', () => {
    const rows = catalogueBoard(
      { ...shop, events: {} },
      { uid: 'shop-orders', title: 'Orders' },
    ).rows;
    expect(rows.map(([title]) => title)).toEqual(['Metrics']);
  });
});
