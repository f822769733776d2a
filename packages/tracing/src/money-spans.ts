/** Spans around functions that process payments, commissions and payouts. */
import type { AttributeName, AttributeValue, Money } from '@moneytrail/catalogue';
import { runInSpan, type SpanShape } from './traced.ts';

/** The fields of a payment that is being processed. All are optional. A field that is left out sets no attribute. */
export interface PaymentFields {
  readonly provider?: AttributeValue<'payment.provider'> | undefined;
  /** Id of the payment at the provider. */
  readonly id?: string | undefined;
  /** Id of the attempt at the provider. A payment may take several attempts. */
  readonly attempt?: string | undefined;
  readonly method?: AttributeValue<'payment.method.type'> | undefined;
  readonly purpose?: AttributeValue<'payment.purpose'> | undefined;
  readonly amount?: Money | undefined;
}

/** The fields of a commission that is being processed. */
export interface CommissionFields {
  /** Id of the commission in the application. */
  readonly id?: string | undefined;
  readonly tier?: AttributeValue<'commission.tier'> | undefined;
  /** Id of the payment that earned the commission. */
  readonly payment?: string | undefined;
  readonly amount?: Money | undefined;
}

/** The fields of a payout that is being processed. */
export interface PayoutFields {
  readonly provider?: AttributeValue<'payment.provider'> | undefined;
  /** Id of the payout at the provider. */
  readonly id?: string | undefined;
  readonly method?: AttributeValue<'payout.method'> | undefined;
  readonly amount?: Money | undefined;
}

type Names<Fields> = { readonly [Field in keyof Required<Fields>]: AttributeName | 'money' };

const PAYMENT: SpanShape & { names: Names<PaymentFields> } = {
  names: {
    provider: 'payment.provider',
    id: 'payment.id',
    attempt: 'payment.attempt.id',
    method: 'payment.method.type',
    purpose: 'payment.purpose',
    amount: 'money',
  },
};

const COMMISSION: SpanShape & { names: Names<CommissionFields> } = {
  names: {
    id: 'commission.id',
    tier: 'commission.tier',
    payment: 'payment.id',
    amount: 'money',
  },
};

const PAYOUT: SpanShape & { names: Names<PayoutFields> } = {
  names: {
    provider: 'payment.provider',
    id: 'payout.id',
    method: 'payout.method',
    amount: 'money',
  },
};

/**
 * Runs `fn` within a span `payment.process` with the attributes of the payment; its amount becomes `money.amount_minor` and
 * `money.currency`. Otherwise works like `traced`. The outcome of the payment is recorded with `@moneytrail/metrics`.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { tracePayment } from '@moneytrail/tracing';
 * const payment = { provider: 'stripe', id: 'pi_1', method: 'card', amount: money(1999n, 'EUR') } as const;
 * const status = await tracePayment(payment, async () => 'succeeded');
 * ```
 */
export function tracePayment<Result>(payment: PaymentFields, fn: () => Result): Result {
  return runInSpan('payment.process', PAYMENT, payment, fn);
}

/**
 * Runs `fn` within a span `commission.process` with the attributes of the commission. Otherwise works like `traced`.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { traceCommission } from '@moneytrail/tracing';
 * traceCommission({ id: 'co_1', tier: '1', payment: 'pi_1', amount: money(200n, 'EUR') }, () => 'processed');
 * ```
 */
export function traceCommission<Result>(commission: CommissionFields, fn: () => Result): Result {
  return runInSpan('commission.process', COMMISSION, commission, fn);
}

/**
 * Runs `fn` within a span `payout.process` with the attributes of the payout. Otherwise works like `traced`.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { tracePayout } from '@moneytrail/tracing';
 * tracePayout({ provider: 'stripe', method: 'standard', amount: money(9000n, 'EUR') }, () => 'po_1');
 * ```
 */
export function tracePayout<Result>(payout: PayoutFields, fn: () => Result): Result {
  return runInSpan('payout.process', PAYOUT, payout, fn);
}
