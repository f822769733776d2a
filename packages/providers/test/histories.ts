import fc from 'fast-check';
import { bodyOf, type EventInput } from './support.ts';

/** What a history must come to, as `event currency` and the minor units of each event. */
export type Expected = readonly (readonly [event: string, currency: string, minor: number])[];

/** A generated piece of business: what Stripe sends of it, and what counts. */
export interface History {
  readonly events: readonly EventInput[];
  readonly expected: Expected;
}

/** Decimals that Stripe has more than ISO 4217. */
const EXTRA_DECIMALS: Readonly<Record<string, number>> = { UGX: 2, ISK: 2 };

interface Amount {
  readonly currency: string;
  readonly minor: number;
}

const amounts: fc.Arbitrary<Amount> = fc.record({
  currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'UGX', 'ISK'),
  minor: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 2 ** 45 })),
});

/** The ways in which something is reported: at least one of them. */
function ways<const Way extends string>(...all: readonly Way[]): fc.Arbitrary<readonly Way[]> {
  return fc.subarray([...all], { minLength: 1 });
}

function stripeAmount({ currency, minor }: Amount, share = 1): object {
  const provider = minorShare(minor, share) * 10 ** (EXTRA_DECIMALS[currency] ?? 0);
  return { amount: provider, currency: currency.toLowerCase() };
}

function minorShare(minor: number, share: number): number {
  return Math.floor(minor / share);
}

let objects = 0;

/** An id that no other object has; `RUN` is replaced for each run of a property. */
function newId(prefix: string): string {
  objects += 1;
  return `${prefix}_RUN_${objects}`;
}

interface PaymentPlan {
  readonly amount: Amount;
  readonly hasIntent: boolean;
  readonly manualCapture: boolean;
  readonly failures: readonly (readonly ('intent' | 'charge')[])[];
  readonly end: 'succeeded' | 'canceled' | 'none';
  readonly endWays: readonly ('intent' | 'charge')[];
  readonly refunds: readonly RefundPlan[];
  readonly disputes: readonly DisputePlan[];
}

interface RefundPlan {
  readonly status: 'succeeded' | 'failed' | 'canceled';
  readonly waits: boolean;
  readonly ways: readonly ('created' | 'updated' | 'charge updated' | 'listed')[];
}

interface DisputePlan {
  readonly begins: 'warning_needs_response' | 'needs_response';
  readonly ends: 'won' | 'lost' | 'none';
}

const refundPlans: fc.Arbitrary<RefundPlan> = fc.record({
  status: fc.constantFrom('succeeded', 'failed', 'canceled'),
  waits: fc.boolean(),
  ways: ways('created', 'updated', 'charge updated', 'listed'),
});

const disputePlans: fc.Arbitrary<DisputePlan> = fc.record({
  begins: fc.constantFrom('warning_needs_response', 'needs_response'),
  ends: fc.constantFrom('won', 'lost', 'none'),
});

const paymentPlans: fc.Arbitrary<PaymentPlan> = fc.record({
  amount: amounts,
  hasIntent: fc.boolean(),
  manualCapture: fc.boolean(),
  failures: fc.array(ways('intent', 'charge'), { maxLength: 3 }),
  end: fc.constantFrom('succeeded', 'succeeded', 'canceled', 'none'),
  endWays: ways('intent', 'charge'),
  refunds: fc.array(refundPlans, { maxLength: 2 }),
  disputes: fc.array(disputePlans, { maxLength: 1 }),
});

/** A payment by intent: attempts that fail, then perhaps success or cancellation, refunds and disputes. */
function intentPayment(plan: PaymentPlan): History[] {
  const intent = { id: newId('pi'), object: 'payment_intent', ...stripeAmount(plan.amount) };
  const attempts = plan.failures.map((reported) => failedAttempt(plan, intent, reported));
  const charge = capturedCharge(plan, intent.id);
  return [
    {
      events: [{ type: 'payment_intent.created', object: intent }],
      expected: [eventOf('payment.created', plan)],
    },
    ...attempts,
    ...(plan.end === 'canceled' ? [canceledIntent(plan, intent)] : []),
    ...(plan.end === 'succeeded'
      ? [success(plan, intent, charge), ...aftermath(plan, charge)]
      : []),
  ];
}

/** A payment without an intent is one charge, which fails or succeeds. */
function chargePayment(plan: PaymentPlan): History[] {
  const charge = capturedCharge(plan, null);
  if (plan.end === 'succeeded') return [chargeSuccess(plan, charge), ...aftermath(plan, charge)];
  const object = { ...charge, captured: false, failure_code: 'card_declined' };
  return [
    { events: [{ type: 'charge.failed', object }], expected: [eventOf('payment.failed', plan)] },
  ];
}

function failedAttempt(
  plan: PaymentPlan,
  intent: object,
  reported: readonly ('intent' | 'charge')[],
): History {
  const id = newId('ch');
  const failure = { code: 'card_declined', decline_code: 'insufficient_funds', charge: id };
  const charge = {
    id,
    captured: false,
    failure_code: 'card_declined',
    ...stripeAmount(plan.amount),
  };
  const by = {
    intent: {
      type: 'payment_intent.payment_failed',
      object: { ...intent, latest_charge: id, last_payment_error: failure },
    },
    charge: { type: 'charge.failed', object: { ...charge, payment_intent: idOf(intent) } },
  };
  return { events: reported.map((way) => by[way]), expected: [eventOf('payment.failed', plan)] };
}

function canceledIntent(plan: PaymentPlan, intent: object): History {
  const events = [{ type: 'payment_intent.canceled', object: intent }];
  return { events, expected: [eventOf('payment.canceled', plan)] };
}

interface ChargeObject {
  readonly id: string;
  readonly payment_intent: string | null;
}

function capturedCharge(plan: PaymentPlan, intent: string | null): ChargeObject {
  const amount = stripeAmount(plan.amount);
  return { id: newId('ch'), payment_intent: intent, ...amount, ...{ captured: true } };
}

function success(plan: PaymentPlan, intent: object, charge: ChargeObject): History {
  const reported = chargeSuccess(plan, charge);
  const { amount } = { amount: 0, ...stripeAmount(plan.amount) };
  const object = { ...intent, amount_received: amount, latest_charge: charge.id };
  const byIntent = [{ type: 'payment_intent.succeeded', object }];
  return {
    events: [
      ...(plan.endWays.includes('intent') ? byIntent : []),
      ...(plan.endWays.includes('charge') ? reported.events : []),
    ],
    expected: reported.expected,
  };
}

function chargeSuccess(plan: PaymentPlan, charge: ChargeObject): History {
  const authorised = { ...charge, captured: false, amount_captured: 0 };
  const events = plan.manualCapture
    ? [
        { type: 'charge.succeeded', object: authorised },
        { type: 'charge.captured', object: charge },
      ]
    : [{ type: 'charge.succeeded', object: charge }];
  return { events, expected: [eventOf('payment.succeeded', plan)] };
}

function aftermath(plan: PaymentPlan, charge: ChargeObject): History[] {
  return [
    ...plan.refunds.map((refund) => refundHistory(plan, refund, charge)),
    ...plan.disputes.map((dispute) => disputeHistory(plan, dispute, charge)),
  ];
}

function refundHistory(plan: PaymentPlan, refund: RefundPlan, charge: ChargeObject): History {
  const { payment_intent } = charge;
  const ended = {
    id: newId('re'),
    charge: charge.id,
    payment_intent,
    status: refund.status,
    ...stripeAmount(plan.amount, 2),
  };
  const created = { ...ended, status: refund.waits ? 'pending' : refund.status };
  const by = {
    created: { type: 'refund.created', object: created },
    updated: { type: 'refund.updated', object: ended },
    'charge updated': { type: 'charge.refund.updated', object: ended },
    listed: { type: 'charge.refunded', object: { ...charge, refunds: { data: [ended] } } },
  };
  const reportsEnd = refund.ways.some((way) => way !== 'created' || !refund.waits);
  return {
    events: refund.ways.map((way) => by[way]),
    expected: [
      ...(refund.ways.includes('created') ? [eventOf('refund.created', plan, 2)] : []),
      ...(reportsEnd ? [eventOf(`refund.${refund.status}`, plan, 2)] : []),
    ],
  };
}

function disputeHistory(plan: PaymentPlan, dispute: DisputePlan, charge: ChargeObject): History {
  const object = { id: newId('dp'), charge: charge.id, ...stripeAmount(plan.amount) };
  const escalates = dispute.begins === 'warning_needs_response' && dispute.ends !== 'none';
  const events: EventInput[] = [
    { type: 'charge.dispute.created', object: { ...object, status: dispute.begins } },
    { type: 'charge.dispute.funds_withdrawn', object: { ...object, status: 'needs_response' } },
  ];
  const step = { ...object, status: 'needs_response' };
  const previous = { status: 'warning_needs_response' };
  if (escalates) events.push({ type: 'charge.dispute.updated', object: step, previous });
  const end = { ...object, status: dispute.ends };
  if (dispute.ends !== 'none') events.push({ type: 'charge.dispute.closed', object: end });
  return {
    events,
    expected: [
      eventOf('dispute.opened', plan),
      ...(escalates ? [eventOf('dispute.escalated', plan)] : []),
      ...(dispute.ends === 'none' ? [] : [eventOf('dispute.closed', plan)]),
    ],
  };
}

const payouts: fc.Arbitrary<History[]> = fc
  .record({ amount: amounts, end: fc.constantFrom('paid', 'failed', 'canceled', 'none') })
  .map((plan) => {
    const object = { id: newId('po'), ...stripeAmount(plan.amount) };
    const names = ['payout.created', ...(plan.end === 'none' ? [] : [`payout.${plan.end}`])];
    const events = [...names, 'payout.updated'].map((type) => ({ type, object }));
    return [{ events, expected: names.map((name) => eventOf(name, plan)) }];
  });

/** Each reversal is reported once more by the list of every later one. */
const transfers: fc.Arbitrary<History[]> = fc
  .record({ amount: amounts, reversals: fc.integer({ min: 0, max: 3 }) })
  .map((plan) => {
    const object = { id: newId('tr'), ...stripeAmount(plan.amount) };
    const list = Array.from({ length: plan.reversals }, () => ({
      id: newId('trr'),
      ...stripeAmount(plan.amount, 4),
    }));
    const reversed = list.map((_, index) => ({
      type: 'transfer.reversed',
      object: { ...object, reversals: { data: list.slice(0, index + 1) } },
    }));
    return [
      {
        events: [{ type: 'transfer.created', object }],
        expected: [eventOf('transfer.created', plan)],
      },
      { events: reversed, expected: list.map(() => eventOf('transfer.reversed', plan, 4)) },
    ];
  });

/** What has an amount and counts none. */
const noise: fc.Arbitrary<History[]> = fc
  .record({
    amount: amounts,
    type: fc.constantFrom(
      'invoice.paid',
      'checkout.session.completed',
      'charge.updated',
      'topup.succeeded',
      'charge.teleported',
    ),
  })
  .map(({ amount, type }) => [
    { events: [{ type, object: { id: newId('no'), ...stripeAmount(amount) } }], expected: [] },
  ]);

const pieces: fc.Arbitrary<History[]> = fc.oneof(
  {
    weight: 4,
    arbitrary: paymentPlans.map((plan) =>
      plan.hasIntent ? intentPayment(plan) : chargePayment(plan),
    ),
  },
  payouts,
  transfers,
  noise,
);

/** Bodies in an order of their own, some of them more than once, and what they must come to. */
export const deliveries: fc.Arbitrary<{ bodies: string[]; expected: Expected }> = fc
  .array(pieces, { minLength: 1, maxLength: 8 })
  .map((all) => all.flat())
  .chain((histories) => {
    const bodies = histories.flatMap(({ events }) =>
      events.map((event) => bodyOf({ ...event, id: newId('evt') })),
    );
    const repeated = fc.array(fc.constantFrom(...bodies), { maxLength: bodies.length });
    return repeated
      .chain((again) =>
        fc.shuffledSubarray([...bodies, ...again], { minLength: bodies.length + again.length }),
      )
      .map((order) => ({ bodies: order, expected: histories.flatMap(({ expected }) => expected) }));
  });

function eventOf(event: string, { amount }: { amount: Amount }, share = 1): Expected[number] {
  return [event, amount.currency, minorShare(amount.minor, share)];
}

function idOf(object: object): unknown {
  return 'id' in object ? object.id : undefined;
}
