/** Generators of payments, and the Stripe events of their histories. */
import fc from 'fast-check';
import { type Sums, summed } from './backend.ts';
import type { EventBody } from './webhooks.ts';

/** One generated payment and its refunds, disputes and payouts. */
export interface PaymentPlan {
  readonly currency: keyof typeof STRIPE_UNITS;
  /** ISO 4217 minor units. */
  readonly minor: number;
  readonly failures: number;
  readonly outcome: 'succeeds' | 'cancels' | 'hangs';
  readonly refunds: readonly {
    readonly percent: number;
    readonly outcome: 'succeeded' | 'failed';
  }[];
  readonly dispute: 'none' | 'won' | 'lost' | 'warning_closed';
  readonly payout: 'none' | 'paid' | 'failed';
}

/** Stripe units per ISO minor unit. */
const STRIPE_UNITS = { EUR: 1, USD: 1, JPY: 1, KWD: 1, ISK: 100, UGX: 100 } as const;

/** A fast-check generator of payments. */
export function anyPayment(): fc.Arbitrary<PaymentPlan> {
  const refund = fc.record({
    percent: fc.integer({ min: 1, max: 40 }),
    outcome: fc.constantFrom('succeeded' as const, 'failed' as const),
  });
  return fc.record({
    currency: fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'ISK', 'UGX'),
    minor: fc.integer({ min: 1, max: 999_999 }),
    failures: fc.nat({ max: 2 }),
    outcome: fc.constantFrom('succeeds', 'succeeds', 'succeeds', 'cancels', 'hangs'),
    refunds: fc.array(refund, { maxLength: 2 }),
    dispute: fc.constantFrom('none', 'none', 'won', 'lost', 'warning_closed'),
    payout: fc.constantFrom('none', 'paid', 'failed'),
  });
}

/** The events that Stripe sends for payments, and the expected sums. */
export class History {
  readonly events: EventBody[] = [];
  readonly #amounts: [key: string, minor: bigint][] = [];
  readonly #run: string;
  readonly #createdSeconds: number;
  #ids = 0;

  /** `run` makes ids unique to a history; `createdSeconds` is the time of its events. */
  constructor(run: string, createdSeconds: number) {
    this.#run = run;
    this.#createdSeconds = createdSeconds;
  }

  /** The expected sums. */
  sums(): Sums {
    return summed(this.#amounts);
  }

  /** Adds the events of one payment. */
  add(payment: PaymentPlan): void {
    const intent = this.#object('pi', 'payment_intent', payment, payment.minor);
    this.#expect('payment.created', payment, payment.minor);
    this.#event('payment_intent.created', intent);
    for (let attempt = 0; attempt < payment.failures; attempt += 1) this.#fail(payment, intent);
    if (payment.outcome === 'succeeds') this.#succeed(payment, intent);
    if (payment.outcome === 'cancels') {
      this.#expect('payment.canceled', payment, payment.minor);
      this.#event('payment_intent.canceled', { ...intent, status: 'canceled' });
    }
    if (payment.payout !== 'none') this.#payOut(payment);
  }

  /** An attempt is reported twice, by its charge and by its intent, and counts once. */
  #fail(payment: PaymentPlan, intent: object): void {
    const charge = this.#charge(payment, intent, false);
    this.#expect('payment.failed', payment, payment.minor);
    this.#event('charge.failed', charge);
    const error = { code: 'card_declined', decline_code: 'insufficient_funds' };
    this.#event('payment_intent.payment_failed', {
      ...intent,
      latest_charge: Reflect.get(charge, 'id'),
      last_payment_error: { ...error, charge: Reflect.get(charge, 'id') },
    });
  }

  #succeed(payment: PaymentPlan, intent: object): void {
    const charge = this.#charge(payment, intent, true);
    this.#expect('payment.succeeded', payment, payment.minor);
    this.#event('charge.succeeded', charge);
    const received = { amount_received: Reflect.get(intent, 'amount'), status: 'succeeded' };
    this.#event('payment_intent.succeeded', { ...intent, ...received });
    this.#refundAll(payment, charge);
    if (payment.dispute !== 'none') this.#dispute(payment, charge, payment.dispute);
  }

  /** Refunds one after the other. The sum on the charge increases with each, and decreases again when one fails. */
  #refundAll(payment: PaymentPlan, charge: object): void {
    let total = 0;
    payment.refunds.forEach((plan, index) => {
      const minor = Math.ceil((payment.minor * plan.percent) / 100);
      this.#refund(payment, charge, { ...plan, minor });
      this.#report(payment, charge, { total, minor, index });
      if (plan.outcome === 'succeeded') total += minor;
    });
  }

  #report(
    { currency }: PaymentPlan,
    charge: object,
    { total, minor, index }: { total: number; minor: number; index: number },
  ): void {
    const before = total * STRIPE_UNITS[currency];
    const after = (total + minor) * STRIPE_UNITS[currency];
    const more = { previous: { amount_refunded: before }, afterSeconds: index };
    this.#event('charge.refunded', { ...charge, amount_refunded: after }, more);
  }

  #refund(
    payment: PaymentPlan,
    charge: object,
    { minor, outcome }: { minor: number; outcome: PaymentPlan['refunds'][number]['outcome'] },
  ): void {
    const refund = { ...this.#object('re', 'refund', payment, minor), ...paymentOf(charge) };
    this.#expect('refund.created', payment, minor);
    this.#expect(`refund.${outcome}`, payment, minor);
    this.#event('refund.created', { ...refund, status: 'pending' });
    this.#event('refund.updated', { ...refund, status: outcome });
    // Accounts with an older API version get this event, too.
    this.#event('charge.refund.updated', { ...refund, status: outcome });
  }

  #dispute(payment: PaymentPlan, charge: object, end: string): void {
    const dispute = {
      ...this.#object('du', 'dispute', payment, payment.minor),
      ...paymentOf(charge),
    };
    const inquiry = end === 'warning_closed';
    const opened = { ...dispute, status: inquiry ? 'warning_needs_response' : 'needs_response' };
    this.#expect('dispute.opened', payment, payment.minor);
    this.#expect('dispute.closed', payment, payment.minor);
    this.#event('charge.dispute.created', opened);
    this.#event('charge.dispute.funds_withdrawn', opened);
    this.#event('charge.dispute.closed', { ...dispute, status: end });
  }

  #payOut(payment: PaymentPlan): void {
    const payout = this.#object('po', 'payout', payment, payment.minor);
    this.#expect('payout.created', payment, payment.minor);
    this.#expect(`payout.${payment.payout}`, payment, payment.minor);
    this.#event('payout.created', { ...payout, status: 'pending' });
    this.#event(`payout.${payment.payout}`, { ...payout, status: payment.payout });
    this.#event('payout.updated', { ...payout, status: payment.payout });
  }

  #charge(payment: PaymentPlan, intent: object, captured: boolean): object {
    return {
      ...this.#object('ch', 'charge', payment, payment.minor),
      captured,
      payment_intent: Reflect.get(intent, 'id'),
      status: captured ? 'succeeded' : 'failed',
      ...(captured && { amount_captured: payment.minor * STRIPE_UNITS[payment.currency] }),
      ...(!captured && { failure_code: 'card_declined' }),
    };
  }

  #object(prefix: string, object: string, { currency }: PaymentPlan, minor: number): object {
    return {
      id: this.#id(prefix),
      object,
      amount: minor * STRIPE_UNITS[currency],
      created: this.#createdSeconds,
      currency: currency.toLowerCase(),
      metadata: {},
    };
  }

  #event(
    type: string,
    object: object,
    { previous, afterSeconds = 0 }: { previous?: object; afterSeconds?: number } = {},
  ): void {
    const created = this.#createdSeconds + afterSeconds;
    const id = this.#id('evt');
    const data = { object, ...(previous && { previous_attributes: previous }) };
    this.events.push({ id, object: 'event', type, created, livemode: false, data });
  }

  #expect(event: string, { currency }: PaymentPlan, minor: number): void {
    this.#amounts.push([`${event} ${currency}`, BigInt(minor)]);
  }

  #id(prefix: string): string {
    this.#ids += 1;
    return `${prefix}_${this.#run}${String(this.#ids).padStart(6, '0')}`;
  }
}

function paymentOf(charge: object): object {
  return {
    charge: Reflect.get(charge, 'id'),
    payment_intent: Reflect.get(charge, 'payment_intent'),
  };
}
