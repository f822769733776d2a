import { type Money, money } from '@moneytrail/catalogue';
import type { Ledger } from './ledger.ts';

/** Level of the referral chain. */
export type Tier = '1' | '2';

/** A commission in the ledger. */
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

/** Books a commission. Returns `false` when it is already booked or the payment was reversed in the meantime. */
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

/** Reverses the commissions of a payment, including paid ones; returns those that were not reversed before. */
export async function reverseCommissions(ledger: Ledger, payment: string): Promise<Commission[]> {
  return moved(
    ledger,
    `update commissions set status = 'reversed' where payment_id = $1 and status <> 'reversed'`,
    [payment],
  );
}

/** Approves commissions after the waiting time. */
export async function approveCommissions(ledger: Ledger, waitMs: number): Promise<Commission[]> {
  return moved(
    ledger,
    `update commissions set status = 'approved'
     where status = 'processed' and created_at <= now() - $1 * interval '1 millisecond'`,
    [waitMs],
  );
}

/** Marks the commissions of a paid payout as paid. */
export async function payCommissions(ledger: Ledger, payout: string): Promise<Commission[]> {
  return moved(
    ledger,
    `update commissions set status = 'paid' where payout_id = $1 and status = 'approved'
       and exists (select from payouts where id = $1 and status = 'paid')`,
    [payout],
  );
}

/** Releases the commissions of a failed payout for the next one. */
export async function releaseCommissions(ledger: Ledger, payout: string): Promise<void> {
  await ledger.query(
    `update commissions set status = 'approved', payout_id = null
     where payout_id = $1 and status in ('approved', 'paid')
       and exists (select from payouts where id = $1 and status in ('failed', 'canceled'))`,
    [payout],
  );
}

/** Number of pending commissions. */
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
