/** Expected sums of sales from sources other than the telemetry: the ledger of the example, and Stripe's test cards. */
import type { Checkout } from '../../examples/creator-platform/driver/checkouts.ts';
import { TEST_CARDS } from '../../examples/creator-platform/stand-in/test-cards.ts';
import { type Sums, summed } from './backend.ts';
import type { Example } from './example.ts';

/** A completed checkout. */
export interface Sale {
  readonly checkout: Checkout;
  readonly payment: string;
  readonly isRefunded: boolean;
}

const OUTCOMES = {
  succeeds: ['payment.succeeded'],
  debit: ['payment.succeeded'],
  authenticates: ['payment.action_required', 'payment.succeeded'],
  abandons: ['payment.action_required', 'payment.failed'],
  declined: ['payment.failed'],
} as const;

const LEDGER = `
  select event || ' ' || currency as key, count(*)::text as count, sum(amount_minor)::text as minor
  from (
    select 'payment.created' as event, currency, amount_minor from payments where id = any($1)
    union all select 'payment.succeeded', currency, amount_minor from payments
      where id = any($1) and status in ('succeeded', 'refunded', 'disputed')
    union all select 'payment.failed', currency, amount_minor from payments
      where id = any($1) and status = 'failed'
    union all select step, currency, amount_minor from commissions,
      (values ('commission.created'), ('commission.processed')) as steps (step)
      where payment_id = any($1)
    union all select 'commission.reversed', currency, amount_minor from commissions
      where payment_id = any($1) and status = 'reversed'
  ) as events group by key`;

/** The sums in the ledger for the sales. */
export async function sumsOfLedger(example: Example, sales: readonly Sale[]): Promise<Sums> {
  const rows = await example.ledger(LEDGER, [sales.map(({ payment }) => payment)]);
  return Object.fromEntries(
    rows.map(({ key = '', count, minor = '' }) => [
      key,
      { count: Number(count), minor: BigInt(minor) },
    ]),
  );
}

/** The expected sums by test card; Stripe has no commissions. */
export function sumsOfStripe(sales: readonly Sale[]): Sums {
  return summed(
    sales.flatMap((sale) => {
      const { currency, amount_minor: minor } = sale.checkout;
      return eventsOf(sale).map((event) => [`${event} ${currency}`, BigInt(minor)] as const);
    }),
  );
}

function eventsOf({ checkout, isRefunded }: Sale): string[] {
  const card = TEST_CARDS[checkout.payment_method];
  if (!card) throw new Error(`${checkout.payment_method} is not a test card`);
  const disputed = card.after !== undefined && card.after !== 'fraud_warning';
  return [
    'payment.created',
    ...OUTCOMES[card.outcome],
    ...(isRefunded ? ['refund.created', 'refund.succeeded'] : []),
    ...(disputed ? ['dispute.opened', 'dispute.closed'] : []),
  ];
}
