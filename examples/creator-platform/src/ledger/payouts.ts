import { type Money, money } from '@moneytrail/catalogue';
import type { Ledger } from './ledger.ts';

/** A payout in the ledger. */
export interface Payout {
  /** Id in the ledger, which exists before the id of the provider. */
  readonly id: string;
  readonly amount: Money;
}

interface PayoutRow {
  readonly id: string;
  readonly amount_minor: bigint;
  readonly currency: string;
}

/** Payouts that have started but not ended. */
export interface PendingPayouts {
  readonly count: number;
  readonly oldestSeconds: number;
}

/**
 * Puts approved commissions into one payout per payee and currency, the oldest first. It is one statement, so a
 * commission cannot be in two payouts even when two jobs run at once.
 */
export async function beginPayouts(ledger: Ledger, limit: number): Promise<Payout[]> {
  const { rows } = await ledger.query<PayoutRow>(
    `with due as (
       select id, payee, currency, amount_minor, created_at from commissions
       where status = 'approved' and payout_id is null
       for update skip locked
     ), begun as (
       insert into payouts (id, payee, currency, amount_minor, status)
       select gen_random_uuid()::text, payee, currency, sum(amount_minor), 'requested' from due
       group by payee, currency order by min(created_at) limit $1
       returning id, payee, currency, amount_minor
     ), carried as (
       update commissions set payout_id = begun.id from begun, due
       where commissions.id = due.id and begun.payee = due.payee and begun.currency = due.currency
     )
     select id, amount_minor, currency from begun`,
    [limit],
  );
  return rows.map(payoutOf);
}

/** Payouts that the provider has not confirmed: new ones, and those whose response was lost. */
export async function readRequestedPayouts(ledger: Ledger): Promise<Payout[]> {
  const { rows } = await ledger.query<PayoutRow>(
    `select id, amount_minor, currency from payouts where status = 'requested' order by created_at`,
  );
  return rows.map(payoutOf);
}

/** Stores the provider's id of a payout; an earlier webhook may already have set a later status. */
export async function sendPayout(ledger: Ledger, id: string, providerId: string): Promise<void> {
  await ledger.query(
    `update payouts set provider_id = $2, status = case status when 'requested' then 'pending' else status end
     where id = $1`,
    [id, providerId],
  );
}

/** Ends a payout; returns whether it is known and had not ended in this way before. */
export async function endPayout(
  ledger: Ledger,
  id: string,
  status: 'paid' | 'failed' | 'canceled',
): Promise<boolean> {
  const { rowCount } = await ledger.query(
    `update payouts set status = $2 where id = $1 and status <> $2 and status not in ('failed', 'canceled')`,
    [id, status],
  );
  return rowCount === 1;
}

/** Count and amount of pending payouts. */
export async function readPendingPayouts(ledger: Ledger): Promise<PendingPayouts> {
  const { rows } = await ledger.query<{ count: number; oldest: number }>(
    `select count(*)::int as count, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest
     from payouts where status in ('requested', 'pending')`,
  );
  return { count: rows[0]?.count ?? 0, oldestSeconds: rows[0]?.oldest ?? 0 };
}

function payoutOf(row: PayoutRow): Payout {
  return { id: row.id, amount: money(row.amount_minor, row.currency) };
}
