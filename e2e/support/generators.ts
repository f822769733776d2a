import fc from 'fast-check';
import { type Sums, summed } from './backend.ts';
import type { EventBody } from './webhooks.ts';

/** One payment and what follows from it, as a generator chose it. */
export interface Story {
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

/** What one ISO minor unit is in Stripe's. */
const STRIPE_UNITS = { EUR: 1, USD: 1, JPY: 1, KWD: 1, ISK: 100, UGX: 100 } as const;

/** Any story, by the generators of fast-check. */
export function anyStory(): fc.Arbitrary<Story> {
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

/** The events that Stripe would send for a story, and what each fact adds to the sums. */
export class History {
  readonly events: EventBody[] = [];
  readonly #amounts: [key: string, minor: bigint][] = [];
  readonly #run: string;
  readonly #createdSeconds: number;
  #ids = 0;

  /** `run` keeps the ids of two histories apart, `createdSeconds` their time. */
  constructor(run: string, createdSeconds: number) {
    this.#run = run;
    this.#createdSeconds = createdSeconds;
  }

  /** What all of it sums up to. */
  sums(): Sums {
    return summed(this.#amounts);
  }

  /** Adds what happened to one payment. */
  tell(story: Story): void {
    const intent = this.#object('pi', 'payment_intent', story, story.minor);
    this.#fact('payment.created', story, story.minor);
    this.#event('payment_intent.created', intent);
    for (let attempt = 0; attempt < story.failures; attempt += 1) this.#fail(story, intent);
    if (story.outcome === 'succeeds') this.#succeed(story, intent);
    if (story.outcome === 'cancels') {
      this.#fact('payment.canceled', story, story.minor);
      this.#event('payment_intent.canceled', { ...intent, status: 'canceled' });
    }
    if (story.payout !== 'none') this.#payOut(story);
  }

  /** An attempt is told twice, by its charge and by its intent, and counts once. */
  #fail(story: Story, intent: object): void {
    const charge = this.#charge(story, intent, false);
    this.#fact('payment.failed', story, story.minor);
    this.#event('charge.failed', charge);
    const error = { code: 'card_declined', decline_code: 'insufficient_funds' };
    this.#event('payment_intent.payment_failed', {
      ...intent,
      latest_charge: Reflect.get(charge, 'id'),
      last_payment_error: { ...error, charge: Reflect.get(charge, 'id') },
    });
  }

  #succeed(story: Story, intent: object): void {
    const charge = this.#charge(story, intent, true);
    this.#fact('payment.succeeded', story, story.minor);
    this.#event('charge.succeeded', charge);
    const received = { amount_received: Reflect.get(intent, 'amount'), status: 'succeeded' };
    this.#event('payment_intent.succeeded', { ...intent, ...received });
    this.#refundAll(story, charge);
    if (story.dispute !== 'none') this.#dispute(story, charge, story.dispute);
  }

  /** One after the other. The sum on the charge rises with each, and falls again when it fails. */
  #refundAll(story: Story, charge: object): void {
    let total = 0;
    story.refunds.forEach((plan, index) => {
      const minor = Math.ceil((story.minor * plan.percent) / 100);
      this.#refund(story, charge, { ...plan, minor });
      this.#report(story, charge, { total, minor, index });
      if (plan.outcome === 'succeeded') total += minor;
    });
  }

  #report(
    { currency }: Story,
    charge: object,
    { total, minor, index }: { total: number; minor: number; index: number },
  ): void {
    const before = total * STRIPE_UNITS[currency];
    const after = (total + minor) * STRIPE_UNITS[currency];
    const more = { previous: { amount_refunded: before }, afterSeconds: index };
    this.#event('charge.refunded', { ...charge, amount_refunded: after }, more);
  }

  #refund(
    story: Story,
    charge: object,
    { minor, outcome }: { minor: number; outcome: Story['refunds'][number]['outcome'] },
  ): void {
    const refund = { ...this.#object('re', 'refund', story, minor), ...paymentOf(charge) };
    this.#fact('refund.created', story, minor);
    this.#fact(`refund.${outcome}`, story, minor);
    this.#event('refund.created', { ...refund, status: 'pending' });
    this.#event('refund.updated', { ...refund, status: outcome });
    // Accounts on an older API version hear of it in this way, too.
    this.#event('charge.refund.updated', { ...refund, status: outcome });
  }

  #dispute(story: Story, charge: object, end: string): void {
    const dispute = { ...this.#object('du', 'dispute', story, story.minor), ...paymentOf(charge) };
    const inquiry = end === 'warning_closed';
    const opened = { ...dispute, status: inquiry ? 'warning_needs_response' : 'needs_response' };
    this.#fact('dispute.opened', story, story.minor);
    this.#fact('dispute.closed', story, story.minor);
    this.#event('charge.dispute.created', opened);
    this.#event('charge.dispute.funds_withdrawn', opened);
    this.#event('charge.dispute.closed', { ...dispute, status: end });
  }

  #payOut(story: Story): void {
    const payout = this.#object('po', 'payout', story, story.minor);
    this.#fact('payout.created', story, story.minor);
    this.#fact(`payout.${story.payout}`, story, story.minor);
    this.#event('payout.created', { ...payout, status: 'pending' });
    this.#event(`payout.${story.payout}`, { ...payout, status: story.payout });
    this.#event('payout.updated', { ...payout, status: story.payout });
  }

  #charge(story: Story, intent: object, captured: boolean): object {
    return {
      ...this.#object('ch', 'charge', story, story.minor),
      captured,
      payment_intent: Reflect.get(intent, 'id'),
      status: captured ? 'succeeded' : 'failed',
      ...(captured && { amount_captured: story.minor * STRIPE_UNITS[story.currency] }),
      ...(!captured && { failure_code: 'card_declined' }),
    };
  }

  #object(prefix: string, object: string, { currency }: Story, minor: number): object {
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

  #fact(event: string, { currency }: Story, minor: number): void {
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
