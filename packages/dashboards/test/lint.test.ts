/** Lints the generated boards, and tests the linter. */
import { describe, expect, it } from '@jest/globals';
import { dashboard, MONEY, SERVICE } from '@moneytrail/dashboards';
import { FAULTS } from './lint/faults.ts';
import { RULES } from './lint/rules.ts';
import type { BoardJson } from './lint/view.ts';

const BOARDS = { money: MONEY, service: SERVICE };

/** A board as its file has it. */
function read(name: keyof typeof BOARDS): BoardJson {
  return JSON.parse(JSON.stringify(dashboard(BOARDS[name])));
}

const names = ['money', 'service'] as const;
const cases = names.flatMap((board) => Object.keys(RULES).map((rule) => ({ board, rule })));
const faults = names.flatMap((board) =>
  Object.entries(FAULTS).flatMap(([rule, ofRule]) =>
    ofRule.map(([says, plant]) => ({ board, rule, says, plant })),
  ),
);

describe('the generated boards', () => {
  it.each(cases)('$board keeps the rule $rule', ({ board, rule }) => {
    expect(RULES[rule]?.(read(board))).toEqual([]);
  });
});

describe('the linter', () => {
  it('has a planted fault for every rule', () => {
    expect(Object.keys(FAULTS).sort()).toEqual(Object.keys(RULES).sort());
  });

  it.each(faults)('finds by $rule in $board: $says', ({ board, rule, plant }) => {
    const broken = read(board);
    plant(broken);
    expect(RULES[rule]?.(broken)).not.toEqual([]);
  });
});
