import { beforeAll, describe, expect, it } from '@jest/globals';
import { type BusinessEvent, EVENTS, INSTRUMENTS, type Money, money } from '@moneytrail/catalogue';
import {
  commissions,
  count,
  eventLost,
  jobs,
  payments,
  payouts,
  refunds,
  setServiceName,
  track,
} from '@moneytrail/metrics';
import { trace } from '@opentelemetry/api';
import fc from 'fast-check';
import { records, seriesValue, seriesWith, spans, startRecording } from './recording.ts';

const DURATION = 'moneytrail.event.duration';
const FUTURE = { 'drop.reason': 'future_time' };

beforeAll(startRecording);

/** Calls without types arrive with anything in them. */
function trackAnything(event: unknown): unknown {
  return track(event as BusinessEvent);
}

function eventsOf(name: string): ReturnType<typeof records> {
  return records().filter(({ eventName }) => eventName === `moneytrail.${name}`);
}

describe('one call', () => {
  it('makes the event, the counters and the span mark from the same fact', () => {
    const at = new Date('2026-03-01T12:00:00.250Z');
    trace.getTracer('test').startActiveSpan('checkout', (span) => {
      const result = payments.succeeded({
        provider: 'stripe',
        id: 'pi_whole',
        method: 'card',
        purpose: 'subscription',
        amount: money(1999n, 'EUR'),
        platformFee: money(300n, 'EUR'),
        at,
      });
      expect(result).toBe('recorded');
      span.end();
    });
    const [event] = eventsOf('payment.succeeded').filter(
      ({ attributes }) => attributes['payment.id'] === 'pi_whole',
    );
    const span = spans().at(-1);
    expect(event).toMatchObject({
      eventName: 'moneytrail.payment.succeeded',
      body: 'payment.succeeded 19.99 EUR',
      severityText: 'INFO',
      attributes: {
        'event.name': 'moneytrail.payment.succeeded',
        'moneytrail.event.id': 'stripe/pi_whole/payment.succeeded',
        'money.amount_minor': 1999,
        'money.currency': 'EUR',
        'money.exponent': 2,
        'platform_fee.amount_minor': 300,
        'payment.method.type': 'card',
        'payment.purpose': 'subscription',
      },
    });
    expect(event?.hrTime).toEqual([at.getTime() / 1000 - 0.25, 250_000_000]);
    expect(event?.spanContext?.traceId).toBe(span?.spanContext().traceId);
    expect(span?.attributes['payment.id']).toBe('pi_whole');
    expect(span?.events.map(({ name }) => name)).toEqual(['moneytrail.payment.succeeded']);
    expect(seriesValue('payment.volume', { 'money.currency': 'EUR' })).toBe(19.99);
    expect(seriesValue('platform_fee.volume', { 'money.currency': 'EUR' })).toBe(3);
  });

  it.each<[string, readonly BusinessEvent['event'][], true | undefined]>([
    ['what went well', ['payment.created', 'payment.succeeded'], undefined],
    ['a failure', ['payment.failed'], true],
    ['a failure that is made good', ['payment.failed', 'payment.succeeded'], true],
    ['a dispute', ['dispute.opened'], true],
    ['a commission that is taken back', ['commission.reversed'], true],
  ])('under a span that saw %s asks sampling accordingly', (_what, events, keep) => {
    trace.getTracer('test').startActiveSpan('checkout', (span) => {
      const amount = money(1n, 'EUR');
      for (const event of events) trackAnything({ event, provider: 'stripe', amount });
      span.end();
    });
    expect(spans().at(-1)?.attributes['moneytrail.keep']).toBe(keep);
  });

  it('is of the event that its name says, whatever else the fact carries', () => {
    const created = { event: 'payout.created', provider: 'stripe', id: 'po_moved' } as const;
    payouts.failed({ ...created, amount: money(1n, 'NOK') });
    const own = records().filter(({ attributes }) => attributes['payout.id'] === 'po_moved');
    expect(own.map(({ eventName }) => eventName)).toEqual(['moneytrail.payout.failed']);
  });

  it('counts the same event once, however often it is recorded', () => {
    const fact = { provider: 'stripe', id: 're_1', amount: money(5n, 'SGD') } as const;
    const results = [1, 2, 3].map(() => refunds.succeeded(fact));
    expect(results).toEqual(['recorded', 'duplicate', 'duplicate']);
    const told = eventsOf('refund.succeeded').filter(
      ({ attributes }) => attributes['refund.id'] === 're_1',
    );
    expect(told).toHaveLength(1);
    expect(seriesValue('refund.volume', { 'money.currency': 'SGD' })).toBe(0.05);
    const duplicates = { 'event.name': 'moneytrail.refund.succeeded' };
    expect(seriesValue('business_events.duplicates', duplicates)).toBe(2);
  });

  it.each([
    ['another provider', { provider: 'adyen', id: 're_2' }],
    ['another object', { provider: 'stripe', id: 're_3' }],
    ['no object, so that each call counts', { provider: 'stripe' }],
    ['no object again', { provider: 'stripe' }],
  ] as const)('takes %s for another fact', (_why, facts) => {
    expect(refunds.succeeded({ ...facts, amount: money(1n, 'CHF') })).toBe('recorded');
  });
});

describe('attempts and payments', () => {
  const attempt = { provider: 'stripe', method: 'card', amount: money(100n, 'USD') } as const;
  const history = (id: string): (() => unknown)[] => [
    () => payments.failed({ ...attempt, id, attempt: `${id}_1`, reason: 'do_not_honor' }),
    () => payments.failed({ ...attempt, id, attempt: `${id}_2`, reason: 'card_expired' }),
    () => payments.succeeded({ ...attempt, id, attempt: `${id}_3` }),
    () => payments.succeeded({ ...attempt, id, attempt: `${id}_3` }),
  ];
  const total = (name: string): number =>
    seriesWith(name).reduce((sum, { value }) => sum + value, 0);

  it('are two things, each counted once, in any order of arrival', () => {
    let payment = 0;
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8 }), (order) => {
        const [attempts, outcomes] = [total('payment.attempts'), total('payment.outcomes')];
        payment += 1;
        const calls = history(`pi_order_${payment}`);
        for (const index of order) calls[index]?.();
        expect(total('payment.attempts') - attempts).toBe(3);
        expect(total('payment.outcomes') - outcomes).toBe(1);
      }),
    );
  });

  it('tell each change of state once, and no late news', () => {
    const changes = (from: string, to: string): number | undefined =>
      seriesValue('payment.transitions', { 'payment.state.from': from, 'payment.state.to': to });
    const before = ['failed', 'none'].map((from) => changes(from, 'succeeded') ?? 0);
    const payment = { provider: 'braintree', id: 'pi_states' } as const;
    payments.created(payment);
    payments.failed({ ...payment, attempt: 'a', reason: 'card_expired' });
    payments.actionRequired({ ...payment, attempt: 'a' });
    payments.succeeded({ ...payment, amount: money(1n, 'EUR') });
    payments.canceled(payment);
    payments.succeeded({ ...payment, id: 'pi_at_once', amount: money(1n, 'EUR') });
    const after = ['failed', 'none'].map((from) => changes(from, 'succeeded') ?? 0);
    expect(after.map((value, i) => value - (before[i] ?? 0))).toEqual([1, 1]);
    expect(seriesWith('payment.transitions', { 'payment.state.from': '_OTHER' })).toEqual([]);
  });

  it('ends a payment at a failure that names no attempt', () => {
    const declined = { 'payment.provider': 'paypal', 'payment.outcome': 'declined' };
    payments.failed({ provider: 'paypal', id: 'one', reason: 'insufficient_funds' });
    expect(seriesValue('payment.outcomes', { ...declined, 'payment.purpose': '_OTHER' })).toBe(1);
  });

  it('keeps the outcome that the failure names', () => {
    const error = { 'payment.provider': 'adyen', 'payment.outcome': 'error' };
    payments.failed({ provider: 'adyen', id: 'x', reason: 'processor_error', outcome: 'error' });
    expect(seriesValue('payment.attempts', { ...error, 'payment.method.type': '_OTHER' })).toBe(1);
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown event', { event: 'payment.teleported' }, 'unknown_event'],
    ['no event', {}, 'unknown_event'],
    ['nothing', undefined, 'unknown_event'],
    ['no amount', { amount: undefined }, 'missing_amount'],
    ['an amount that is a number', { amount: 5 }, 'invalid_value'],
    ['an unknown currency', { amount: { minor: 1n, currency: 'BTC' } }, 'unknown_currency'],
    ['a negative amount', { amount: { minor: -1n, currency: 'EUR' } }, 'negative_amount'],
    ['a fractional amount', { amount: { minor: 1.5, currency: 'EUR' } }, 'fractional_amount'],
    ['an unsafe amount', { amount: { minor: 2 ** 53, currency: 'EUR' } }, 'unsafe_amount'],
    ['an unsafe bigint', { amount: { minor: 2n ** 53n, currency: 'EUR' } }, 'unsafe_amount'],
  ])('%s is refused, counted and never thrown', (_what, facts, reason) => {
    const dropped = (): number =>
      seriesWith('business_events.dropped', { 'drop.reason': reason }).reduce(
        (sum, { value }) => sum + value,
        0,
      );
    const before = dropped();
    const event =
      reason === 'unknown_event'
        ? facts
        : { event: 'payment.succeeded', provider: 'stripe', ...facts };
    expect(trackAnything(event)).toBe(reason);
    expect(dropped()).toBe(before + 1);
  });

  it.each([
    ['track', track],
    ['a typed call', payments.succeeded],
  ])('an event whose getter throws is counted as internal by %s', (_what, call) => {
    const trap = Object.defineProperty({ event: 'payment.succeeded' }, 'id', {
      enumerable: true,
      get: () => {
        throw new Error('trap');
      },
    });
    expect(Reflect.apply(call, undefined, [trap])).toBe('internal');
  });

  it.each<[string, Record<string, unknown>, string, unknown, number]>([
    ['a label that is a number', { method: 7 }, 'payment.method.type', '_OTHER', 1],
    ['a label that is null', { method: null }, 'payment.method.type', undefined, 0],
    ['a duration that is a text', { durationSeconds: '1' }, DURATION, undefined, 1],
    ['a duration that is no number', { durationSeconds: Number.NaN }, DURATION, undefined, 1],
    ['a negative duration', { durationSeconds: -0.1 }, DURATION, undefined, 1],
    ['a duration of zero', { durationSeconds: 0 }, DURATION, 0, 0],
    ['an id of 255 characters', { id: 'i'.repeat(255) }, 'payment.id', 'i'.repeat(255), 0],
    ['an id of 256 characters', { id: 'i'.repeat(256) }, 'payment.id', undefined, 1],
    ['an id that is an object', { id: {} }, 'payment.id', undefined, 1],
    ['an id that is empty', { id: '' }, 'payment.id', undefined, 1],
    ['an id that is null', { id: null }, 'payment.id', undefined, 0],
    ['an id that is a fraction', { id: 1.5 }, 'payment.id', undefined, 1],
  ])('%s is mended or left out, and counted', (_what, facts, attribute, value, mended) => {
    const coerced = (): number => seriesValue('value.coerced', { instrument: attribute }) ?? 0;
    const before = coerced();
    const fact = { event: 'payment.succeeded', provider: 'stripe', amount: money(1n, 'DKK') };
    expect(trackAnything({ ...fact, ...facts })).toBe('recorded');
    expect(records().at(-1)?.attributes[attribute]).toBe(value);
    expect(coerced() - before).toBe(mended);
  });

  it.each([[42], [43n]])('an object that is numbered %p is known again', (id) => {
    const fact = { event: 'commission.created', id, tier: '1', amount: money(1n, 'EUR') };
    expect([1, 2].map(() => trackAnything(fact))).toEqual(['recorded', 'duplicate']);
    expect(records().at(-1)?.attributes['commission.id']).toBe(String(id));
  });

  it.each([
    ['1970', 0, 0],
    ['1990', Date.UTC(1990, 0), Date.UTC(1990, 0) / 1000],
    ['before 1970', -1, undefined],
    ['no time', Number.NaN, undefined],
  ])('an event of %s keeps its time, or is dated now when it is none', (_when, at, seconds) => {
    const startSeconds = Math.floor(Date.now() / 1000);
    payments.created({ provider: 'stripe', at });
    const [recorded = 0] = records().at(-1)?.hrTime ?? [];
    if (seconds === undefined) expect(recorded).toBeGreaterThanOrEqual(startSeconds);
    else expect(recorded).toBe(seconds);
  });

  it.each([
    ['zero', 0n, 'recorded'],
    ['the largest exact integer', BigInt(Number.MAX_SAFE_INTEGER), 'recorded'],
    ['one more', BigInt(Number.MAX_SAFE_INTEGER) + 1n, 'unsafe_amount'],
  ])('%s is %s', (_what, minor, expected) => {
    expect(payouts.created({ provider: 'stripe', amount: money(minor, 'XAF') })).toBe(expected);
  });

  it.each([
    ['five minutes ahead', 5 * 60_000 - 1000, false],
    ['six minutes ahead', 6 * 60_000, true],
  ])('an event from %s is dated now only beyond the allowance', (_when, aheadMs, mended) => {
    const futures = (): number => seriesValue('value.coerced', FUTURE) ?? 0;
    const before = futures();
    const at = Date.now() + aheadMs;
    payments.created({ provider: 'stripe', at });
    const [seconds = 0] = records().at(-1)?.hrTime ?? [];
    expect(seconds < Math.floor(at / 1000)).toBe(mended);
    expect(futures() - before).toBe(mended ? 1 : 0);
  });

  it('an unknown label becomes _OTHER and is counted; the money is kept', () => {
    const fact = { event: 'payment.succeeded', provider: 'gold bar!', id: 'pi_g' };
    expect(trackAnything({ ...fact, amount: money(7n, 'SEK') })).toBe('recorded');
    expect(seriesValue('payment.volume', { 'money.currency': 'SEK' })).toBe(0.07);
    expect(seriesValue('value.coerced', { instrument: 'payment.provider' })).toBe(1);
  });

  it('a platform fee in another currency is left out and counted; the payment is kept', () => {
    const fact = { provider: 'stripe', id: 'pi_fee', amount: money(100n, 'NOK') } as const;
    expect(payments.succeeded({ ...fact, platformFee: money(1n, 'EUR') })).toBe('recorded');
    expect(records().at(-1)?.attributes).not.toHaveProperty(['platform_fee.amount_minor']);
    expect(seriesValue('value.coerced', { 'drop.reason': 'currency_mismatch' })).toBe(1);
  });
});

describe('series', () => {
  it('sum amounts exactly and divide once', () => {
    for (let i = 0; i < 10; i += 1) {
      commissions.paid({ tier: '1', amount: money(10n, 'GBP') });
    }
    const paid = { 'money.currency': 'GBP', 'commission.tier': '1', 'commission.status': 'paid' };
    expect(seriesValue('commission.volume', paid)).toBe(1);
  });

  it('keep a number that was counted beside the exact amounts', () => {
    const tips = { 'money.currency': 'PLN', 'payment.purpose': 'tip' } as const;
    count('payment.volume', tips, 2.5);
    payments.succeeded({ provider: 'stripe', purpose: 'tip', amount: money(100n, 'PLN') });
    expect(seriesValue('payment.volume', tips)).toBe(3.5);
  });

  it('remember when a job last went well', () => {
    const at = new Date('2026-03-01T00:00:00Z');
    jobs.succeeded({ job: 'payout', at });
    jobs.failed({ job: 'payout' });
    const last = seriesValue('job.last_success.timestamp', { 'job.name': 'payout' });
    expect(last).toBe(at.getTime() / 1000);
  });
});

describe('who an object belongs to', () => {
  const amount = money(100n, 'ISK');
  const ids = (): unknown[] => records().map((one) => one.attributes['moneytrail.event.id']);

  it('a provider outside the list keeps its name, so that two with the same id are two payments', () => {
    for (const provider of ['mollie', ' Klarna ', 'pay.u-1']) {
      expect(trackAnything({ event: 'payment.succeeded', provider, id: 'same', amount })).toBe(
        'recorded',
      );
    }
    expect(ids()).toEqual(
      expect.arrayContaining([
        'mollie/same/payment.succeeded',
        'klarna/same/payment.succeeded',
        'pay.u-1/same/payment.succeeded',
      ]),
    );
    expect(seriesValue('payment.volume', { 'money.currency': 'ISK' })).toBe(300);
    expect(seriesWith('payment.outcomes', { 'payment.provider': 'klarna' })[0]?.value).toBe(1);
  });

  it.each([
    ['n'.repeat(64), 'n'.repeat(64)],
    ['n'.repeat(65), '_OTHER'],
    ['-dash', '_OTHER'],
    ['ümlaut', '_OTHER'],
    ['a/b', '_OTHER'],
    ['', '_OTHER'],
  ])('the provider %s is recorded as %s', (provider, recorded) => {
    payments.created({ provider });
    expect(records().at(-1)?.attributes['payment.provider']).toBe(recorded);
  });

  it('at most 20 further names become labels, the event keeps each of them', () => {
    for (let index = 0; index < 40; index += 1) payments.created({ provider: `bank-${index}` });
    expect(records().at(-1)?.attributes['payment.provider']).toBe('bank-39');
    const labels = new Set(
      seriesWith('payment.transitions').map(({ attributes }) => attributes['payment.provider']),
    );
    expect(labels.size).toBeLessThanOrEqual(5 + 20);
  });

  it('an object without a provider is the service’s own', () => {
    setServiceName('checkout');
    commissions.created({ id: '7', tier: '1', amount });
    setServiceName('billing');
    expect(commissions.created({ id: '7', tier: '1', amount })).toBe('recorded');
    expect(ids()).toEqual(
      expect.arrayContaining([
        'service:checkout/7/commission.created',
        'service:billing/7/commission.created',
      ]),
    );
  });
});

describe('a fact that was recorded before', () => {
  const fact = (minor: bigint, currency = 'HUF') =>
    ({ provider: 'adyen', id: 'twice', amount: money(minor, currency) }) as const;
  const name = { 'event.name': 'moneytrail.payment.succeeded' };

  it('with another amount is a conflict: both are events, the first one counts', () => {
    expect(payments.succeeded(fact(500n))).toBe('recorded');
    expect([payments.succeeded(fact(700n)), payments.succeeded(fact(500n, 'EUR'))]).toEqual([
      'conflict',
      'conflict',
    ]);
    expect(payments.succeeded(fact(500n))).toBe('duplicate');
    expect(seriesValue('payment.volume', { 'money.currency': 'HUF' })).toBe(5);
    expect(seriesValue('business_events.conflicts', name)).toBe(2);
    const conflicts = records().filter((one) => one.attributes['moneytrail.event.conflict']);
    expect(conflicts.map(({ attributes }) => attributes['moneytrail.event.id'])).toEqual([
      'adyen/twice/payment.succeeded/700-HUF',
      'adyen/twice/payment.succeeded/500-EUR',
    ]);
    expect(conflicts[0]?.severityText).toBe('WARN');
  });

  it('with another amount that comes again is counted and sent once', () => {
    const again = (minor: bigint) =>
      payouts.created({ provider: 'adyen', id: 'again', amount: money(minor, 'SEK') });
    expect([again(1n), again(2n), again(2n), again(2n)]).toEqual([
      'recorded',
      'conflict',
      'conflict',
      'conflict',
    ]);
    const ids = records().map(({ attributes }) => attributes['moneytrail.event.id']);
    const conflict = 'adyen/again/payout.created/2-SEK';
    expect(ids.filter((id) => id === conflict)).toHaveLength(1);
    eventLost(conflict);
    expect([again(2n), again(2n)]).toEqual(['conflict', 'conflict']);
    const later = records().map(({ attributes }) => attributes['moneytrail.event.id']);
    expect(later.filter((id) => id === conflict)).toHaveLength(2);
  });

  it('with 31 other amounts is 31 conflicts, and further ones are only refused', () => {
    const other = (minor: number) =>
      payouts.created({ provider: 'adyen', id: 'many', amount: money(BigInt(minor), 'DKK') });
    const results = Array.from({ length: 40 }, (_, minor) => other(minor));
    expect(results.slice(1)).toEqual(results.slice(1).map(() => 'conflict'));
    const sent = records().filter(({ attributes }) =>
      String(attributes['moneytrail.event.id']).startsWith('adyen/many/payout.created/'),
    );
    expect(sent).toHaveLength(31);
  });

  it('without an amount is completed by the amount that comes later', () => {
    const fact = { provider: 'adyen', id: 'late', reason: 'do_not_honor' } as const;
    const failed = (amount?: Money) => payments.failed(amount ? { ...fact, amount } : fact);
    expect([failed(), failed(money(900n, 'NOK')), failed(), failed(money(900n, 'NOK'))]).toEqual([
      'recorded',
      'recorded',
      'duplicate',
      'duplicate',
    ]);
    expect(failed(money(901n, 'NOK'))).toBe('conflict');
    const amounts = records()
      .filter(({ attributes }) => attributes['moneytrail.event.id'] === 'adyen/late/payment.failed')
      .map(({ attributes }) => attributes['money.amount_minor']);
    expect(amounts).toEqual([undefined, 900]);
  });

  it('moves no money by an amount that may come later', () => {
    const adding = Object.values(INSTRUMENTS).filter(
      ({ adds }) => typeof adds === 'object' && 'amount' in adds,
    );
    const events = adding.flatMap((one) => Object.keys(one.on ?? {}));
    const later = Object.entries(EVENTS).filter(
      ([, { amounts }]) => amounts?.['amount'] === 'optional',
    );
    expect(later.map(([name]) => name).filter((name) => events.includes(name))).toEqual([]);
  });

  it('is sent once more when its event was lost, and counted once', () => {
    const lost = { provider: 'paypal', id: 'lost', amount: money(300n, 'CZK') } as const;
    const sent = (): number =>
      records().filter((one) => one.attributes['payment.id'] === 'lost').length;
    payments.succeeded(lost);
    eventLost('paypal/lost/payment.succeeded');
    eventLost('paypal/never-recorded/payment.succeeded');
    expect([1, 2].map(() => payments.succeeded(lost))).toEqual(['recorded', 'duplicate']);
    expect(sent()).toBe(2);
    expect(seriesValue('payment.volume', { 'money.currency': 'CZK' })).toBe(3);
  });

  it('is read once: a getter that changes its mind changes nothing', () => {
    let reads = 0;
    const amount = {
      currency: 'PLN',
      get minor() {
        reads += 1;
        return reads === 1 ? 500n : -500n;
      },
    };
    expect(
      trackAnything({ event: 'payout.created', provider: 'stripe', id: 'po_once', amount }),
    ).toBe('recorded');
    expect(reads).toBe(1);
  });
});

describe('money that comes back', () => {
  const OWN = { 'account.kind': 'own' };
  const amount = money(80n, 'SEK');
  let ids = 0;

  /** What two counters have grown by while `work` ran. */
  function grown(
    names: readonly string[],
    work: () => unknown,
    more: Record<string, string> = {},
  ): number[] {
    const read = (): number[] =>
      names.map((name) =>
        seriesWith(name, { ...OWN, 'money.currency': 'SEK', ...more }).reduce(
          (sum, { value }) => sum + value,
          0,
        ),
      );
    const before = read();
    work();
    return read().map((value, index) => Math.round((value - (before[index] ?? 0)) * 100));
  }

  /** The facts in each order, each twice. */
  function inAnyOrder(
    names: readonly string[],
    facts: (id: string) => readonly (() => unknown)[],
    expected: readonly number[],
  ): void {
    const order = fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6 });
    fc.assert(
      fc.property(order, (indices) => {
        ids += 1;
        const all = facts(`back_${ids}`);
        expect(grown(names, () => indices.forEach((index) => void all[index]?.()))).toEqual(
          expected,
        );
      }),
    );
  }

  it('of a payout is counted once, and only where the payout had arrived', () => {
    const names = ['payout.volume', 'payout.returned.volume'];
    const given = (id: string) => ({ provider: 'stripe', id, amount }) as const;
    inAnyOrder(
      names,
      (id) => [
        () => payouts.paid(given(id)),
        () => payouts.failed(given(id)),
        () => payouts.canceled(given(id)),
      ],
      [80, 80],
    );
    inAnyOrder(
      names,
      (id) => [() => payouts.created(given(id)), () => payouts.failed(given(id))],
      [0, 0],
    );
    inAnyOrder(
      names,
      (id) => [() => payouts.paid(given(id)), () => payouts.reversed(given(id))],
      [80, 80],
    );
  });

  it('of a refund is counted once, whether it was named or reported by its payment', () => {
    const names = ['refund.volume', 'refund.returned.volume'];
    const given = (id: string) =>
      ({ provider: 'stripe', id, payment: `of_${id}`, amount }) as const;
    const report = (id: string) =>
      ({
        provider: 'stripe',
        report: `r_${id}`,
        payment: `of_${id}`,
        currency: 'SEK',
        totalMinor: 80,
        beforeMinor: 0,
      }) as const;
    inAnyOrder(
      names,
      (id) => [
        () => refunds.succeeded(given(id)),
        () => refunds.reported(report(id)),
        () => refunds.failed(given(id)),
      ],
      [80, 80],
    );
    inAnyOrder(
      names,
      (id) => [() => refunds.reported(report(id)), () => refunds.failed(given(id))],
      [80, 80],
    );
    inAnyOrder(
      names,
      (id) => [() => refunds.created(given(id)), () => refunds.failed(given(id))],
      [0, 0],
    );
    inAnyOrder(
      names,
      (id) => [() => refunds.reported(report(id)), () => refunds.succeeded(given(id))],
      [80, 0],
    );
  });

  it('is what a report says was added, not what was refunded before', () => {
    const later = {
      provider: 'stripe',
      payment: 'later',
      currency: 'SEK',
      totalMinor: 80,
    } as const;
    const names = ['refund.volume'];
    expect(
      grown(names, () => refunds.reported({ ...later, report: 'b', beforeMinor: 50 })),
    ).toEqual([30]);
    // Without what was before, the greatest sum is what is known.
    const sums = [80, 50, 90].map((totalMinor) =>
      grown(names, () =>
        refunds.reported({ ...later, payment: 'sums', report: `s${totalMinor}`, totalMinor }),
      ),
    );
    expect(sums).toEqual([[80], [0], [10]]);
  });

  it('of a payment whose attempt failed late has the currency in which it had arrived', () => {
    const names = ['payment.volume', 'payment.returned.volume'];
    const failed = { provider: 'stripe', reason: 'insufficient_funds' } as const;
    inAnyOrder(
      names,
      (id) => [
        () => payments.succeeded({ provider: 'stripe', id, attempt: `ch_${id}`, amount }),
        () => payments.failed({ ...failed, id, attempt: `ch_${id}` }),
      ],
      [80, 80],
    );
    inAnyOrder(
      names,
      (id) => [
        () => payments.succeeded({ provider: 'stripe', id, attempt: `ch_${id}`, amount }),
        () => payments.failed({ ...failed, id, attempt: `ch_before_${id}` }),
      ],
      [80, 0],
    );
  });
});

describe('money of a payment that comes back', () => {
  it.each([
    ['later', [0, 1]],
    ['first', [1, 0]],
  ])('has the purpose for which it was paid, when the failure arrives %s', (when, order) => {
    const payment = { provider: 'stripe', id: `back_${when}`, attempt: `ch_${when}` } as const;
    const tip = { 'payment.purpose': 'tip', 'money.currency': 'CZK' };
    const before = seriesValue('payment.returned.volume', tip) ?? 0;
    const facts = [
      () => payments.succeeded({ ...payment, purpose: 'tip', amount: money(700n, 'CZK') }),
      () => payments.failed({ ...payment, reason: 'insufficient_funds' }),
    ];
    for (const index of order) facts[index]?.();
    expect(seriesValue('payment.returned.volume', tip)).toBe(before + 7);
  });
});

describe('an attempt that succeeded and failed', () => {
  const provider = 'mollie';
  const attempts = (): number =>
    seriesWith('payment.attempts', { 'payment.provider': provider }).reduce(
      (sum, { value }) => sum + value,
      0,
    );
  const succeeded = (id: string, attempt?: string): unknown =>
    payments.succeeded({ provider, id, amount: money(1n, 'EUR'), ...(attempt && { attempt }) });
  const failed = (id: string, attempt?: string): unknown =>
    payments.failed({ provider, id, reason: 'do_not_honor', ...(attempt && { attempt }) });

  it.each([
    ['that fails later', () => [succeeded('a', 'a1'), failed('a', 'a1')], 1],
    ['whose failure arrives first', () => [failed('b', 'b1'), succeeded('b', 'b1')], 1],
    ['that is the payment itself', () => [succeeded('c', 'c'), failed('c')], 1],
    ['after one that failed', () => [failed('d', 'd1'), succeeded('d', 'd2')], 2],
    ['without an id of its own', () => [failed('e'), succeeded('e')], 2],
  ])('%s counts %3$s', (_, work, expected) => {
    const before = attempts();
    work();
    expect(attempts() - before).toBe(expected);
  });
});

describe('a payment that is captured in parts', () => {
  it('counts its greatest amount once, in any order', () => {
    const currency = { 'money.currency': 'NOK' };
    let runs = 0;
    const captures = fc.shuffledSubarray([300n, 700n, 900n, 300n, 900n], { minLength: 5 });
    fc.assert(
      fc.property(captures, (amounts) => {
        runs += 1;
        const before = seriesValue('payment.volume', currency) ?? 0;
        for (const minor of amounts) {
          const capture = minor < 900n ? 'part' : 'whole';
          const amount = money(minor, 'NOK');
          payments.succeeded({ provider: 'stripe', id: `parts_${runs}`, capture, amount });
        }
        expect(seriesValue('payment.volume', currency)).toBeCloseTo(before + 9, 6);
      }),
    );
    expect(seriesValue('payment.amount', currency)).toBeDefined();
  });

  it('sends the greater amount under the same id, and no smaller one afterwards', () => {
    const part = { provider: 'stripe', id: 'parts_sent', capture: 'part' } as const;
    expect(
      [300n, 700n, 500n].map((minor) =>
        payments.succeeded({ ...part, amount: money(minor, 'EUR') }),
      ),
    ).toEqual(['recorded', 'recorded', 'duplicate']);
    const sent = eventsOf('payment.succeeded').filter(
      ({ attributes }) => attributes['payment.id'] === 'parts_sent',
    );
    expect(sent.map(({ attributes }) => attributes['money.amount_minor'])).toEqual([300, 700]);
    expect(new Set(sent.map(({ attributes }) => attributes['moneytrail.event.id'])).size).toBe(1);
  });

  it('is a conflict in another currency', () => {
    const part = { provider: 'stripe', id: 'parts_currency', capture: 'part' } as const;
    expect(
      ['EUR', 'JPY'].map((currency) =>
        payments.succeeded({ ...part, amount: money(300n, currency) }),
      ),
    ).toEqual(['recorded', 'conflict']);
  });
});

describe('an account that is connected', () => {
  const fact = { provider: 'stripe', id: 'po_of_many', amount: money(100n, 'DKK') } as const;

  it('keeps its objects apart from equal ids of others, and is not named', () => {
    const results = [undefined, 'acct_1', 'acct_2', 'acct_1'].map((connectedAccount) =>
      payouts.paid({ ...fact, ...(connectedAccount && { connectedAccount }) }),
    );
    expect(results).toEqual(['recorded', 'recorded', 'recorded', 'duplicate']);
    const volume = (kind: string) =>
      seriesValue('payout.volume', { 'money.currency': 'DKK', 'account.kind': kind });
    expect([volume('own'), volume('connected')]).toEqual([1, 2]);
    const sent = eventsOf('payout.paid').filter(
      ({ attributes }) => attributes['payout.id'] === 'po_of_many',
    );
    expect(sent.map(({ attributes }) => attributes['account.kind'])).toEqual([
      undefined,
      'connected',
      'connected',
    ]);
    expect(new Set(sent.map(({ attributes }) => attributes['moneytrail.event.id'])).size).toBe(3);
    expect(JSON.stringify(sent.map(({ attributes }) => attributes))).not.toContain('acct_');
  });

  it('that cannot be read is connected all the same, and counted', () => {
    const coerced = { instrument: 'account.kind', 'drop.reason': 'invalid_value' };
    const before = seriesValue('value.coerced', coerced) ?? 0;
    trackAnything({ ...fact, event: 'payout.paid', id: 'po_odd', connectedAccount: {} });
    expect(seriesValue('value.coerced', coerced)).toBe(before + 1);
    expect(eventsOf('payout.paid').at(-1)?.attributes['account.kind']).toBe('connected');
  });
});
