/** Generated accounts at Stripe, each with a payment, its refunds and a payout, as the events of a subscription describe them. */
import fc from 'fast-check';
import { bodyOf, type EventInput, NOW_SECONDS } from './support.ts';

/** What an account was left with, in minor units. */
export interface Left {
  readonly captured: number;
  readonly refunded: number;
  readonly paidOut: number;
}

/** One account in one mode: its events, and what they come to. */
export interface AccountHistory {
  readonly account: string | undefined;
  readonly livemode: boolean;
  readonly bodies: readonly string[];
  readonly left: Left;
}

/** How a refund went, from its creation on. */
const REFUND_WAYS = [
  ['succeeded'],
  ['pending', 'succeeded'],
  ['succeeded', 'failed'],
  ['pending', 'failed'],
  ['pending', 'succeeded', 'failed'],
  ['pending', 'canceled'],
] as const;

const PAYOUT_WAYS = [
  ['paid'],
  ['failed'],
  ['canceled'],
  ['paid', 'failed'],
  ['paid', 'reversed'],
] as const;

/** Which events an endpoint asks for, and whether its API version lists refunds in their charge. */
const SUBSCRIPTIONS = {
  'charges alone': (type: string) => type.startsWith('charge.'),
  'refunds, intents and failures': (type: string) =>
    /^(refund\.|payment_intent\.|charge\.failed$)/.test(type),
  everything: () => true,
} as const;

interface Plan {
  readonly subscription: keyof typeof SUBSCRIPTIONS;
  readonly listsRefunds: boolean;
  readonly saysBefore: boolean;
  readonly parts: readonly number[];
  readonly failsLate: boolean;
  readonly refunds: readonly {
    readonly way: (typeof REFUND_WAYS)[number];
    readonly minor: number;
  }[];
  readonly payout: { readonly way: (typeof PAYOUT_WAYS)[number]; readonly minor: number };
}

const plans: fc.Arbitrary<Plan> = fc.record({
  subscription: fc.constantFrom<keyof typeof SUBSCRIPTIONS>(
    'charges alone',
    'refunds, intents and failures',
    'everything',
  ),
  listsRefunds: fc.boolean(),
  saysBefore: fc.boolean(),
  parts: fc.array(fc.integer({ min: 1000, max: 9000 }), { minLength: 1, maxLength: 3 }),
  failsLate: fc.boolean(),
  refunds: fc.array(
    fc.record({
      way: fc.constantFrom(...REFUND_WAYS),
      // Few amounts, so that two refunds are often alike.
      minor: fc.constantFrom(100, 150, 300),
    }),
    { maxLength: 3 },
  ),
  payout: fc.record({
    way: fc.constantFrom(...PAYOUT_WAYS),
    minor: fc.integer({ min: 1, max: 9000 }),
  }),
});

/** Accounts and modes side by side; all of them have the same ids. */
export const accounts: fc.Arbitrary<AccountHistory[]> = fc
  .tuple(plans, plans, plans, plans)
  .map(([own, one, other, test]) => [
    new Account(own, undefined, true).history(),
    new Account(one, 'acct_one', true).history(),
    new Account(other, 'acct_other', true).history(),
    new Account(test, 'acct_one', false).history(),
  ]);

/** Makes the events of one account. */
class Account {
  readonly #plan: Plan;
  readonly #account: string | undefined;
  readonly #livemode: boolean;
  readonly #bodies: string[] = [];
  #seconds = NOW_SECONDS - 1000;

  constructor(plan: Plan, account: string | undefined, livemode: boolean) {
    this.#plan = plan;
    this.#account = account;
    this.#livemode = livemode;
  }

  history(): AccountHistory {
    const { failsLate } = this.#plan;
    const captured = this.#capture();
    const refunded = failsLate ? 0 : this.#refund(captured);
    if (failsLate) this.#send('charge.failed', { ...this.#charge(captured), status: 'failed' });
    const paidOut = this.#payOut();
    return {
      account: this.#account,
      livemode: this.#livemode,
      bodies: this.#bodies,
      left: { captured: failsLate ? 0 : captured, refunded, paidOut },
    };
  }

  #capture(): number {
    const whole = this.#plan.parts.reduce((sum, part) => sum + part, 0);
    let captured = 0;
    for (const part of this.#plan.parts) {
      const amount_captured = captured;
      captured += part;
      this.#send('charge.captured', this.#charge(captured), { amount_captured });
    }
    const intent = { id: 'pi_RUN', amount: whole, currency: 'usd', latest_charge: 'ch_RUN' };
    this.#send('payment_intent.succeeded', { ...intent, amount_received: whole });
    return captured;
  }

  #charge(amount_captured: number): object {
    const amount = this.#plan.parts.reduce((sum, part) => sum + part, 0);
    const charge = { id: 'ch_RUN', payment_intent: 'pi_RUN', currency: 'usd', captured: true };
    return { ...charge, amount, amount_captured };
  }

  /** One refund after the other; the sum on the charge falls when one of them fails. */
  #refund(captured: number): number {
    const listed: object[] = [];
    let total = 0;
    this.#plan.refunds.forEach(({ way, minor }, index) => {
      const refund = { id: `re_RUN_${index}`, amount: minor, currency: 'usd', ...OF_CHARGE };
      listed.push({ ...refund, status: way[0] });
      this.#send('refund.created', { ...refund, status: way[0] });
      this.#sendRefunded(captured, total, total + minor, listed);
      total += minor;
      way.slice(1).forEach((status, step) => {
        const previous = { status: way[step] };
        listed[index] = { ...refund, status };
        this.#send('charge.refund.updated', { ...refund, status }, previous);
        this.#send('refund.updated', { ...refund, status }, previous);
        if (status === 'failed') this.#send('refund.failed', { ...refund, status });
        if (status !== 'succeeded') total -= minor;
      });
    });
    return total;
  }

  #sendRefunded(captured: number, before: number, after: number, listed: readonly object[]): void {
    const { listsRefunds, saysBefore, refunds } = this.#plan;
    const charge = { ...this.#charge(captured), amount_refunded: after };
    // A sum that may fall says what was added only together with what it was.
    const mayFall = refunds.some(({ way }) => way.at(-1) !== 'succeeded');
    const previous = saysBefore || mayFall ? { amount_refunded: before } : undefined;
    const list = listsRefunds ? { refunds: { data: [...listed] } } : {};
    this.#send('charge.refunded', { ...charge, ...list }, previous);
  }

  #payOut(): number {
    const { way, minor } = this.#plan.payout;
    const payout = { id: 'po_RUN', amount: minor, currency: 'usd', created: this.#seconds };
    const reversal = { ...payout, id: 'po_RUN_back', amount: -minor, original_payout: 'po_RUN' };
    for (const step of way) {
      if (step === 'reversed') this.#send('payout.paid', reversal);
      else this.#send(`payout.${step}`, { ...payout, status: step });
    }
    return way.at(-1) === 'paid' ? minor : 0;
  }

  #send(type: string, object: object, previous?: object): void {
    this.#seconds += 1;
    const isAsked = type.startsWith('payout.') || SUBSCRIPTIONS[this.#plan.subscription](type);
    if (!isAsked) return;
    const input: EventInput = {
      id: `evt_RUN_${this.#bodies.length}`,
      type,
      object,
      created: this.#seconds,
      livemode: this.#livemode,
      ...(previous && { previous }),
      ...(this.#account !== undefined && { account: this.#account }),
    };
    this.#bodies.push(bodyOf(input));
  }
}

const OF_CHARGE = { charge: 'ch_RUN', payment_intent: 'pi_RUN' };
