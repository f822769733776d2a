import { type Money, money } from '@moneytrail/catalogue';
import type { Ledger } from './ledger.ts';

/** Level of the referral chain. */
export type Tier = '1' | '2';

/** A commission as the ledger knows it. */
export interface Commission {
  readonly id: string;
  readonly payment: string;
  readonly tier: Tier;
  readonly amount: Money;
}

interface CommissionRow {
  readonly id: string;
  readonly payment_id: string;
  readonly tier: Tier;
  readonly amount_minor: bigint;
  readonly currency: string;
}

const COLUMNS = 'id, payment_id, tier, amount_minor, currency';

/** Books a commission. Answers `false` when it is booked already or when the payment went back meanwhile. */
export async function addCommission(
  ledger: Ledger,
  commission: Commission & { readonly payee: string },
): Promise<boolean> {
  const { id, payment, tier, payee, amount } = commission;
  const { rowCount } = await ledger.query(
    `insert into commissions (id, payment_id, tier, payee, amount_minor, currency, status)
     select $1, payments.id, $3, $4, $5, $6, 'processed' from payments
     where payments.id = $2 and payments.status = 'succeeded'
     on conflict (id) do nothing`,
    [id, payment, tier, payee, amount.minor, amount.currency],
  );
  return rowCount === 1;
}

/** Takes back what a payment gave rise to, also what was paid out; answers the commissions that were not back yet. */
export async function reverseCommissions(ledger: Ledger, payment: string): Promise<Commission[]> {
  return moved(
    ledger,
    `update commissions set status = 'reversed' where payment_id = $1 and status <> 'reversed'`,
    [payment],
  );
}

/** Approves what has waited for the given time. */
export async function approveCommissions(ledger: Ledger, waitMs: number): Promise<Commission[]> {
  return moved(
    ledger,
    `update commissions set status = 'approved'
     where status = 'processed' and created_at <= now() - $1 * interval '1 millisecond'`,
    [waitMs],
  );
}

/** Marks what left with a payout, once the payout is paid. */
export async function payCommissions(ledger: Ledger, payout: string): Promise<Commission[]> {
  return moved(
    ledger,
    `update commissions set status = 'paid' where payout_id = $1 and status = 'approved'
       and exists (select from payouts where id = $1 and status = 'paid')`,
    [payout],
  );
}

/** Frees what a payout carried that came back, for the next one. */
export async function releaseCommissions(ledger: Ledger, payout: string): Promise<void> {
  await ledger.query(
    `update commissions set status = 'approved', payout_id = null
     where payout_id = $1 and status in ('approved', 'paid')
       and exists (select from payouts where id = $1 and status in ('failed', 'canceled'))`,
    [payout],
  );
}

/** How many commissions wait to be paid. */
export async function countPendingCommissions(ledger: Ledger): Promise<number> {
  const { rows } = await ledger.query<{ pending: number }>(
    `select count(*)::int as pending from commissions where status in ('processed', 'approved')`,
  );
  return rows[0]?.pending ?? 0;
}

async function moved(ledger: Ledger, update: string, values: unknown[]): Promise<Commission[]> {
  const { rows } = await ledger.query<CommissionRow>(`${update} returning ${COLUMNS}`, values);
  return rows.map((row) => ({
    id: row.id,
    payment: row.payment_id,
    tier: row.tier,
    amount: money(row.amount_minor, row.currency),
  }));
}
