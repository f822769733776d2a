import { describe, expect, it } from '@jest/globals';
import {
  type Board,
  current,
  dashboard,
  MONEY,
  metric,
  SERVICE,
  stat,
} from '@moneytrail/dashboards';

const pending = [['', current(metric('payout.pending'), [])]] as const;

function panelOf(key: string, width = 6) {
  const says = 'Begun and not ended.';
  return stat(key, { title: `Title of ${key}`, says, width, none: 'Nothing', lines: pending });
}

function boardOf(rows: Board['rows']): Board {
  return { uid: 'moneytrail-test', title: 'Test', says: 'A board.', services: 'all', rows };
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
  ])('is the same wherever the panel stands on the board %s', (_, board) => {
    const turned = board.rows.map(([title, panels]) => [title, panels.toReversed()] as const);
    expect(idsOf({ ...board, rows: turned.toReversed() })).toEqual(idsOf(board));
  });

  it('stays when another panel comes before it, and when its title changes', () => {
    const before = idsOf(boardOf([['Row', [panelOf('a')]]]));
    const after = idsOf(boardOf([['Row', [panelOf('b'), panelOf('a')]]]));
    expect(after.get('Title of a')).toBe(before.get('Title of a'));
    const renamed = idsOf(boardOf([['Row', [{ ...panelOf('a'), title: 'Other' }]]]));
    expect(renamed.get('Other')).toBe(before.get('Title of a'));
  });

  it('is this one for ever, as links and alerts of others have it', () => {
    expect(idsOf(MONEY).get('Captured')).toBe(607_661_919);
    expect(idsOf(SERVICE).get('Failed requests')).toBe(2_055_508_919);
    expect([MONEY.uid, SERVICE.uid]).toEqual(['moneytrail-money', 'moneytrail-service']);
  });

  it('cannot be had twice', () => {
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
  it('is beside the one before it, or in the next line when there is no room', () => {
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

  it('let one look at one service where its rates would mean nothing together', () => {
    const [service] = (dashboard(SERVICE).templating?.list ?? []).filter(
      ({ name }) => name === 'service',
    );
    expect([service?.multi, service?.includeAll]).toEqual([false, false]);
  });
});
