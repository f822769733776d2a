import type { AttributeName, AttributeValue, Money } from '@moneytrail/catalogue';
import { runInSpan, type SpanShape } from './traced.ts';

/** What is known of a payment while it is processed. Every field is optional; a field left out sets nothing. */
export interface PaymentFields {
  readonly provider?: AttributeValue<'payment.provider'> | undefined;
  /** The payment's id at the provider. */
  readonly id?: string | undefined;
  /** The attempt's id at the provider: a payment may take several. */
  readonly attempt?: string | undefined;
  readonly method?: AttributeValue<'payment.method.type'> | undefined;
  readonly purpose?: AttributeValue<'payment.purpose'> | undefined;
  readonly amount?: Money | undefined;
}

/** What is known of a commission while it is processed. */
export interface CommissionFields {
  /** The commission's id in the application. */
  readonly id?: string | undefined;
  readonly tier?: AttributeValue<'commission.tier'> | undefined;
  /** Id of the payment that the commission follows from. */
  readonly payment?: string | undefined;
  readonly amount?: Money | undefined;
}

/** What is known of a payout while it is processed. */
export interface PayoutFields {
  readonly provider?: AttributeValue<'payment.provider'> | undefined;
  /** The payout's id at the provider. */
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
 * Runs `fn` within a span `payment.process` that carries the payment, its amount as `money.amount_minor` and
 * `money.currency`. It behaves as `traced` does. The fact that a payment succeeded is recorded by `@moneytrail/metrics`.
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
 * Runs `fn` within a span `commission.process` that carries the commission. It behaves as `traced` does.
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
 * Runs `fn` within a span `payout.process` that carries the payout. It behaves as `traced` does.
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
