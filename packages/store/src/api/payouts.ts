import type { Database } from '../db/database.ts';
import { readFacts } from '../db/derive.ts';
import { type FactRow, newestFirst } from '../db/fact-row.ts';
import { amountFields } from './exact.ts';
import type { CommissionRow, PayoutRow } from './types.ts';

/** A payout can come back after it was paid, so the states that end it are ordered by how late they can come. */
const STRENGTH = ['reversed', 'failed', 'canceled', 'paid', 'created'].map(
  (step) => `payout.${step}`,
);

/** The payouts that carry commissions of a payment. */
export function payoutsOf(db: Database, commissions: readonly CommissionRow[]): PayoutRow[] {
  const ids = new Set(commissions.flatMap(({ payout_id }) => payout_id ?? []));
  return [...ids].map((id) => foldPayout(id, readFacts(db, 'payout_id', id)));
}

function foldPayout(id: string, facts: readonly FactRow[]): PayoutRow {
  const own = facts.filter(({ event }) => STRENGTH.includes(event)).toSorted(byStrength);
  const money = own.find(({ amount_minor }) => amount_minor !== null);
  const newest = own[0] ?? facts.toSorted(newestFirst)[0];
  return {
    id,
    // A commission may name a payout of which no fact has arrived yet.
    status: own[0]?.event.slice('payout.'.length) ?? 'unknown',
    ...amountFields(money?.amount_minor ?? null, money?.currency ?? null),
    at_ms: Math.floor((newest?.at_us ?? 0) / 1000),
  };
}

function byStrength(a: FactRow, b: FactRow): number {
  return STRENGTH.indexOf(a.event) - STRENGTH.indexOf(b.event) || newestFirst(a, b);
}
