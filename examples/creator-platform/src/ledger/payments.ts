import { type Money, money } from '@moneytrail/catalogue';
import type { Referrers } from '../checkout/split.ts';
import type { Ledger } from './ledger.ts';

/** A payment only moves to the right, because webhooks arrive more than once and in any order. */
const STATUSES = [
  'created',
  'requires_action',
  'processing',
  'failed',
  'canceled',
  'succeeded',
  'refunded',
  'disputed',
] as const;

/** Status of a payment. */
export type PaymentStatus = (typeof STATUSES)[number];

/** A payment in the ledger. */
export interface Payment {
  /** Id of the PaymentIntent. */
  readonly id: string;
  readonly creator: string;
  readonly referrers: Referrers;
  readonly amount: Money;
}

interface PaymentRow {
  readonly id: string;
  readonly creator: string;
  readonly tier1_referrer: string | null;
  readonly tier2_referrer: string | null;
  readonly amount_minor: bigint;
  readonly currency: string;
}

/** The referrers for a referral code; none for an unknown code. */
export async function referrersOf(ledger: Ledger, code: string | undefined): Promise<Referrers> {
  if (code === undefined) return {};
  const { rows } = await ledger.query<{ code: string; referred_by: string | null }>(
    'select code, referred_by from referrers where code = $1',
    [code],
  );
  return { tier1: rows[0]?.code, tier2: rows[0]?.referred_by ?? undefined };
}

/** Writes a payment before it is confirmed, so that it is known before its webhook arrives. */
export async function addPayment(ledger: Ledger, payment: Payment): Promise<void> {
  const { id, creator, referrers, amount } = payment;
  await ledger.query(
    `insert into payments (id, creator, tier1_referrer, tier2_referrer, amount_minor, currency, status)
     values ($1, $2, $3, $4, $5, $6, 'created')`,
    [id, creator, referrers.tier1, referrers.tier2, amount.minor, amount.currency],
  );
}

/** Moves a payment forward; returns `false` when it is unknown or already in this or a later status. */
export async function movePayment(
  ledger: Ledger,
  id: string,
  status: PaymentStatus,
): Promise<boolean> {
  const { rowCount } = await ledger.query(
    `update payments set status = $2
     where id = $1 and array_position($3::text[], status) < array_position($3::text[], $2)`,
    [id, status, STATUSES],
  );
  return rowCount === 1;
}

/** A succeeded payment with a commission that is not booked, or `undefined`. */
export async function findUnbookedPayment(
  ledger: Ledger,
  id: string,
): Promise<Payment | undefined> {
  const { rows } = await ledger.query<PaymentRow>(
    `select id, creator, tier1_referrer, tier2_referrer, amount_minor, currency from payments
     where id = $1 and status = 'succeeded'
       and num_nonnulls(tier1_referrer, tier2_referrer)
         > (select count(*) from commissions where payment_id = $1)`,
    [id],
  );
  return rows[0] && paymentOf(rows[0]);
}

function paymentOf(row: PaymentRow): Payment {
  return {
    id: row.id,
    creator: row.creator,
    referrers: { tier1: row.tier1_referrer ?? undefined, tier2: row.tier2_referrer ?? undefined },
    amount: money(row.amount_minor, row.currency),
  };
}
