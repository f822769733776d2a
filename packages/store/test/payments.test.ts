import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  ErrorResponse,
  PaymentPage,
  PaymentRow,
  PaymentTrail,
  Store,
  Summary,
} from '@moneytrail/store';
import {
  attributes,
  cleanUp,
  type EventInput,
  eventRecord,
  get,
  line,
  logsRequest,
  NOW_MS,
  nanos,
  post,
  span,
  start,
  TRACE,
  tracesRequest,
} from './support.ts';

afterAll(cleanUp);

async function send(store: Store, ...events: EventInput[]): Promise<void> {
  expect((await post(store, '/v1/logs', logsRequest(events.map(eventRecord)))).json).toEqual({});
}

/** An event of payment `p`, by its name. */
function of(
  event: string,
  more: EventInput['more'] = {},
  other: Partial<EventInput> = {},
): EventInput {
  return {
    event,
    id: `stripe/p/${event}/${JSON.stringify(more)}`,
    more: { 'payment.id': 'p', ...more },
    ...other,
  };
}

const SUCCEEDED = of('payment.succeeded', { 'platform_fee.amount_minor': 300 }, { minor: 2000 });
const DECLINED = of('payment.failed', {
  'payment.failure.reason': 'insufficient_funds',
  'payment.attempt.id': '1',
});
const BROKEN = of(
  'payment.failed',
  {
    'payment.failure.reason': 'processor_error',
    'payment.outcome': 'error',
    'payment.attempt.id': '2',
  },
  { atMs: NOW_MS + 1 },
);

/** A report of the total refunded amount of a payment. */
function reported(minor: number, before?: number, atMs = NOW_MS): EventInput {
  const id = { 'refund.report.id': `p:${before}:${minor}:${atMs}` };
  const sum = { ...id, 'refund.total_minor': minor, 'money.currency': 'EUR' };
  const more = before === undefined ? sum : { ...sum, 'refund.before_minor': before };
  return of('refund.reported', more, { atMs });
}

describe('the outcome of a payment', () => {
  it.each<[string, EventInput[], Partial<PaymentRow>]>([
    [
      'nothing but its beginning is pending',
      [of('payment.created')],
      { outcome: 'pending', attempts: 0 },
    ],
    [
      'an action that is needed',
      [of('payment.created'), of('payment.action_required')],
      { outcome: 'needs_action' },
    ],
    [
      'a declined attempt',
      [DECLINED],
      { outcome: 'declined', reason: 'insufficient_funds', attempts: 1 },
    ],
    [
      'a technical failure of the last attempt',
      [DECLINED, BROKEN],
      { outcome: 'error', reason: 'processor_error', attempts: 2 },
    ],
    [
      'an attempt that says no outcome, which the counters take for a decline as well',
      [of('payment.failed', { 'payment.failure.reason': 'processor_error' })],
      { outcome: 'declined', reason: 'processor_error' },
    ],
    [
      'an attempt that says its outcome itself',
      [of('payment.failed', { 'payment.failure.reason': '_OTHER', 'payment.outcome': 'error' })],
      { outcome: 'error', reason: '_OTHER' },
    ],
    [
      'a failure weighs more than an action',
      [DECLINED, of('payment.action_required', {}, { atMs: NOW_MS + 5 })],
      { outcome: 'declined', reason: 'insufficient_funds' },
    ],
    [
      'a cancellation weighs more than a failure',
      [of('payment.canceled', {}, { atMs: NOW_MS - 5 }), BROKEN],
      { outcome: 'canceled' },
    ],
    [
      'a block weighs more than a cancellation',
      [of('payment.fraud_rejected'), of('payment.canceled')],
      { outcome: 'blocked' },
    ],
    [
      'success takes precedence, even when it is the older event',
      [of('payment.canceled', {}, { atMs: NOW_MS + 5 }), SUCCEEDED, DECLINED],
      { outcome: 'succeeded', attempts: 2, amount_minor: '2000', fee_minor: '300', at_ms: NOW_MS },
    ],
    [
      'the failure of the same attempt that succeeded reverses it, even when it is the older event',
      [
        of('payment.succeeded', { 'payment.attempt.id': 'ch' }, { minor: 2000 }),
        of(
          'payment.failed',
          { 'payment.attempt.id': 'ch', 'payment.failure.reason': 'insufficient_funds' },
          { atMs: NOW_MS - 5 },
        ),
      ],
      { outcome: 'declined', reason: 'insufficient_funds', attempts: 1, amount_minor: '2000' },
    ],
    [
      'a payment without attempts of its own that fails late is one attempt',
      [
        of('payment.succeeded', { 'payment.attempt.id': 'p' }, { minor: 2000 }),
        of('payment.failed', { 'payment.failure.reason': 'insufficient_funds' }),
      ],
      { outcome: 'declined', reason: 'insufficient_funds', attempts: 1 },
    ],
    [
      'a connected account is named as one',
      [of('payment.created', { 'account.kind': 'connected' })],
      { outcome: 'pending', account: 'connected' },
    ],
    [
      'only refunds known',
      [of('refund.succeeded', { 'refund.id': 'r' }, { minor: 5 })],
      { outcome: 'pending', refunded_minor: '0' },
    ],
  ])('%s', async (_, events, expected) => {
    const store = await start();
    await send(store, ...events);
    const { json } = await get<PaymentPage>(store, '/api/payments');
    expect(json.payments).toHaveLength(1);
    expect(json.payments[0]).toMatchObject({
      id: 'p',
      provider: 'stripe',
      service: 'shop',
      disputed: false,
      ...expected,
    });
    expect(json.payments[0]).not.toHaveProperty(
      expected.reason === undefined ? 'reason' : 'nothing',
    );
    await store.close();
  });

  it.each<[string, EventInput[], string]>([
    ['created', [of('refund.created', { 'refund.id': 'r' }, { minor: 5 })], '0'],
    [
      'succeeded',
      [
        of('refund.created', { 'refund.id': 'r' }, { minor: 5 }),
        of('refund.succeeded', { 'refund.id': 'r' }, { minor: 5 }),
      ],
      '5',
    ],
    [
      'two',
      [
        of('refund.succeeded', { 'refund.id': 'r' }, { minor: 5 }),
        of('refund.succeeded', { 'refund.id': 's' }, { minor: 7 }),
      ],
      '12',
    ],
    [
      'failed afterwards',
      [
        of('refund.succeeded', { 'refund.id': 'r' }, { minor: 5 }),
        of('refund.failed', { 'refund.id': 'r' }, { minor: 5 }),
      ],
      '0',
    ],
    [
      'reported by the payment, each with what was before',
      [reported(12, 0), reported(50, 12)],
      '50',
    ],
    ['reported by the payment, the first report lost', [reported(50, 12)], '38'],
    ['reported by the payment as sums alone', [reported(50), reported(12)], '50'],
    [
      'reported once more after one failed',
      [
        reported(5, 0),
        of('refund.failed', { 'refund.id': 'r' }, { minor: 5 }),
        reported(5, 0, NOW_MS + 9),
      ],
      '5',
    ],
    [
      'reported and named',
      [
        reported(12, 0),
        reported(50, 12),
        of('refund.succeeded', { 'refund.id': 'r' }, { minor: 12 }),
      ],
      '50',
    ],
    [
      'reported, and failed without having been named before',
      [reported(12, 0), of('refund.failed', { 'refund.id': 'r' }, { minor: 12 })],
      '0',
    ],
    [
      'failed without having succeeded',
      [of('refund.failed', { 'refund.id': 'r' }, { minor: 5 })],
      '0',
    ],
    [
      'in another currency',
      [of('refund.succeeded', { 'refund.id': 'r' }, { minor: 5, currency: 'USD' })],
      '0',
    ],
  ])('refunds that are %s count the amount that reached the payer', async (_, events, expected) => {
    const store = await start();
    await send(store, SUCCEEDED, ...events);
    expect((await get<PaymentTrail>(store, '/api/payments/p')).json.payment.refunded_minor).toBe(
      expected,
    );
    await store.close();
  });
});

describe('GET /api/payments/ID', () => {
  let trail: PaymentTrail;
  beforeAll(async () => {
    const store = await start();
    const commission = (
      event: string,
      tier: string,
      minor: number,
      more: EventInput['more'] = {},
    ): EventInput =>
      of(
        `commission.${event}`,
        { 'commission.id': `c${tier}`, 'commission.tier': tier, ...more },
        { minor, traceId: TRACE },
      );
    await send(
      store,
      { ...SUCCEEDED, traceId: TRACE },
      commission('created', '1', 200),
      commission('created', '2', 50),
      commission('processed', '2', 50, { 'moneytrail.event.duration': 0.053 }),
      commission('paid', '1', 200, { 'payout.id': 'po_1' }),
      { event: 'payout.created', id: 'po', minor: 900, more: { 'payout.id': 'po_1' } },
      {
        event: 'payout.paid',
        id: 'po2',
        minor: 900,
        atMs: NOW_MS + 9,
        more: { 'payout.id': 'po_1' },
      },
      of('refund.succeeded', { 'refund.id': 're_1' }, { minor: 500 }),
      of('dispute.opened', { 'dispute.id': 'dp_1', 'dispute.stage': 'opened' }, { minor: 2000 }),
      of('dispute.closed', { 'dispute.id': 'dp_1', 'dispute.stage': 'won' }, { minor: 2000 }),
    );
    await post(
      store,
      '/v1/logs',
      logsRequest([
        line('in its trace', { traceId: TRACE }),
        line('names it', { attributes: attributes({ 'payment.id': 'p' }) }),
        line('of something else', { traceId: '1'.repeat(32) }),
      ]),
    );
    await post(
      store,
      '/v1/traces',
      tracesRequest([
        span({ attributes: attributes({ 'payment.id': 'p' }) }),
        ...[
          ['2', 500],
          ['3', 9000],
        ].map(([digit, lengthMs]) =>
          span({
            traceId: String(digit).repeat(32),
            name: 'webhook',
            endTimeUnixNano: nanos(NOW_MS + Number(lengthMs)),
            attributes: attributes({ 'payment.id': 'p' }),
          }),
        ),
      ]),
    );
    trail = (await get<PaymentTrail>(store, '/api/payments/p')).json;
  });

  it('shows the payment with the duration of its own trace, then the traces that followed, longest first', () => {
    expect(trail.payment).toMatchObject({
      outcome: 'succeeded',
      took_ms: 412,
      trace_id: TRACE,
      disputed: true,
      commission_minor: '250',
    });
    expect(trail.trace_ids).toEqual([TRACE, '3'.repeat(32), '2'.repeat(32)]);
  });

  it('shows where every minor unit went, and that it adds up', () => {
    expect(trail.split).toEqual({
      adds_up: true,
      parts: [
        { kind: 'creator', amount_minor: '1450', note: 'remainder after fee and commissions' },
        { kind: 'fee', amount_minor: '300', note: 'platform fee' },
        { kind: 'commission', tier: '1', id: 'c1', amount_minor: '200', note: 'paid with po_1' },
        { kind: 'commission', tier: '2', id: 'c2', amount_minor: '50', note: 'processed in 53 ms' },
      ],
    });
  });

  it('shows later deductions', () => {
    expect(trail.deductions).toEqual([
      { kind: 'refund', id: 're_1', amount_minor: '500', note: 'succeeded' },
      { kind: 'dispute', id: 'dp_1', amount_minor: '2000', note: 'closed, won' },
    ]);
  });

  it('shows refunded amounts without an id next to the refunds with an id', async () => {
    const store = await start();
    const named = of('refund.succeeded', { 'refund.id': 're_1' }, { minor: 12 });
    await send(store, SUCCEEDED, named, reported(12, 0), reported(50, 12));
    const { json } = await get<PaymentTrail>(store, '/api/payments/p');
    expect(json.deductions).toEqual([
      { kind: 'refund', id: 're_1', amount_minor: '12', note: 'succeeded' },
      { kind: 'refund', amount_minor: '38', note: 'reported by the payment' },
    ]);
    await store.close();
  });

  it('shows its events in order, its lines, its commissions and the payouts that contain them', () => {
    expect(trail.events.map(({ event }) => event)).toHaveLength(8);
    expect(trail.logs.map(({ body }) => body)).toEqual(['in its trace', 'names it']);
    expect(trail.commissions).toMatchObject([
      { id: 'c1', tier: '1', status: 'paid', amount_minor: '200', payout_id: 'po_1' },
      { id: 'c2', tier: '2', status: 'processed', took_ms: 53 },
    ]);
    expect(trail.payouts).toEqual([
      {
        provider: 'stripe',
        id: 'po_1',
        status: 'paid',
        amount_minor: '900',
        currency: 'EUR',
        exponent: 2,
        at_ms: NOW_MS + 9,
      },
    ]);
  });

  it.each<[string, EventInput[], boolean]>([
    [
      'a transfer of exactly the rest adds up',
      [of('transfer.created', { 'transfer.id': 't' }, { minor: 1700 })],
      true,
    ],
    [
      'a transfer of one unit less does not',
      [of('transfer.created', { 'transfer.id': 't' }, { minor: 1699 })],
      false,
    ],
    [
      'commissions of all that is left add up',
      [of('commission.created', { 'commission.id': 'c' }, { minor: 1700 })],
      true,
    ],
    [
      'commissions of more do not',
      [of('commission.created', { 'commission.id': 'c' }, { minor: 1701 })],
      false,
    ],
    [
      'a commission in another currency does not',
      [of('commission.created', { 'commission.id': 'c' }, { minor: 1, currency: 'USD' })],
      false,
    ],
    [
      'a reversed commission takes nothing',
      [
        of('commission.created', { 'commission.id': 'c' }, { minor: 9999 }),
        of('commission.reversed', { 'commission.id': 'c' }, { minor: 9999 }),
      ],
      true,
    ],
  ])('%s', async (_, events, addsUp) => {
    const store = await start();
    await send(store, SUCCEEDED, ...events);
    expect((await get<PaymentTrail>(store, '/api/payments/p')).json.split?.adds_up).toBe(addsUp);
    await store.close();
  });

  it('responds with a coded error for an unknown payment, with any id', async () => {
    const store = await start();
    await send(store, {
      event: 'payment.succeeded',
      id: 'x',
      minor: 1,
      more: { 'payment.id': 'ä/ö %' },
    });
    expect(
      (await get<PaymentTrail>(store, `/api/payments/${encodeURIComponent('ä/ö %')}`)).json.payment
        .id,
    ).toBe('ä/ö %');
    const missing = await get<ErrorResponse>(store, '/api/payments/none');
    expect([missing.status, missing.json.error.code]).toEqual([404, 'payment_not_found']);
    expect((await get(store, '/api/payments/%')).status).toBe(404);
  });
});

describe('GET /api/payments', () => {
  let store: Store;
  beforeAll(async () => {
    store = await start();
    const payments = Array.from({ length: 25 }, (_, index) => ({
      event: index % 5 === 0 ? 'payment.canceled' : 'payment.succeeded',
      id: `${index}`,
      minor: 100,
      // Pairs have the same time, so that the order depends on the id too.
      atMs: NOW_MS + Math.floor(index / 2),
      more: { 'payment.id': `pay_${index}`, 'payment.purpose': index === 7 ? 'tip' : 'purchase' },
    }));
    await send(store, ...payments);
  });

  it.each([1, 2, 7, 24, 25, 26])(
    'gives every payment once, newest first, in pages of %s',
    async (limit) => {
      const seen: PaymentRow[] = [];
      let next: string | undefined = '';
      do {
        const page: PaymentPage = (
          await get<PaymentPage>(store, `/api/payments?limit=${limit}&before=${next}`)
        ).json;
        expect(page.payments.length).toBeLessThanOrEqual(limit);
        seen.push(...page.payments);
        next = page.next;
      } while (next !== undefined);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(25);
      expect(seen).toHaveLength(25);
      expect(seen.map(({ at_ms }) => at_ms)).toEqual(
        seen.map(({ at_ms }) => at_ms).toSorted((a, b) => b - a),
      );
    },
  );

  it.each([
    ['outcome=succeeded', 20],
    ['outcome=failed', 5],
    ['outcome=canceled', 5],
    ['outcome=pending', 0],
    ['flag=refunded', 0],
    ['q=tip', 1],
    ['q=PAY_24', 1],
    ['q=pay%25', 0],
    ['q=pay_1', 11],
    [`from=${NOW_MS}&to=${NOW_MS + 1}`, 2],
    ['outcome=succeeded&q=pay_1&limit=1000', 9],
  ])('%s finds %s', async (query, count) => {
    expect((await get<PaymentPage>(store, `/api/payments?${query}`)).json.payments).toHaveLength(
      count,
    );
  });

  it.each([
    ['limit=0', 'bad_limit'],
    ['limit=1001', 'bad_limit'],
    ['limit=ten', 'bad_limit'],
    ['outcome=lost', 'bad_filter'],
    ['flag=fast', 'bad_filter'],
    ['before=yesterday', 'bad_cursor'],
  ])('%s is %s', async (query, code) => {
    const response = await get<ErrorResponse>(store, `/api/payments?${query}`);
    expect([response.status, response.json.error.code]).toEqual([400, code]);
  });
});

describe('GET /api/summary', () => {
  it('never adds currencies, and counts by the filters of the list', async () => {
    const store = await start();
    const payment = (id: string, event: string, more: Partial<EventInput> = {}): EventInput => ({
      event,
      id,
      more: { 'payment.id': id },
      ...more,
    });
    await send(
      store,
      payment('a', 'payment.succeeded', { minor: 1000, currency: 'EUR' }),
      payment('b', 'payment.succeeded', { minor: 50, currency: 'EUR' }),
      payment('c', 'payment.succeeded', { minor: 5, currency: 'KWD' }),
      payment('f', 'payment.succeeded', {
        minor: 7,
        more: { 'payment.id': 'f', 'account.kind': 'connected' },
      }),
      payment('d', 'payment.canceled'),
      payment('e', 'payment.action_required'),
      {
        event: 'refund.succeeded',
        id: 'r',
        minor: 1,
        more: { 'payment.id': 'a', 'refund.id': 'r' },
      },
      { event: 'dispute.opened', id: 'dp', minor: 1, more: { 'payment.id': 'b' } },
      {
        event: 'commission.created',
        id: 'c1',
        minor: 1,
        more: { 'commission.id': 'c1', 'payment.id': 'a' },
      },
      {
        event: 'commission.created',
        id: 'c2',
        minor: 1,
        more: { 'commission.id': 'c2', 'payment.id': 'a' },
      },
      {
        event: 'commission.failed',
        id: 'c2f',
        minor: 1,
        atMs: NOW_MS + 1,
        more: { 'commission.id': 'c2' },
      },
    );
    const slow = {
      startTimeUnixNano: nanos(NOW_MS),
      attributes: attributes({ 'payment.id': 'a' }),
    };
    await post(
      store,
      '/v1/traces',
      tracesRequest([span({ ...slow, endTimeUnixNano: nanos(NOW_MS + 2001) })]),
    );
    const { json } = await get<Summary>(
      store,
      `/api/summary?from=${NOW_MS - 30_000}&to=${NOW_MS + 30_000}`,
    );
    expect(json).toMatchObject({
      payments: 6,
      succeeded: 4,
      failed: 1,
      from_ms: NOW_MS - 30_000,
      to_ms: NOW_MS + 30_000,
    });
    expect(json.counts).toEqual({
      all: 6,
      failed: 1,
      needs_action: 1,
      refunded: 1,
      slow: 1,
      disputed: 1,
      contradictory: 0,
    });
    expect(json.currencies.map(({ line: _, ...total }) => total)).toEqual([
      { currency: 'EUR', exponent: 2, taken_minor: '1050', payments: 2, refunded: 1 },
      {
        currency: 'EUR',
        account: 'connected',
        exponent: 2,
        taken_minor: '7',
        payments: 1,
        refunded: 0,
      },
      { currency: 'KWD', exponent: 3, taken_minor: '5', payments: 1, refunded: 0 },
    ]);
    expect(json.currencies[0]?.line.reduce((sum, one) => sum + one, 0)).toBe(1050);
    expect(json.success_line.filter((share) => share !== null)).toEqual([0.8]);
    expect(json.commissions).toMatchObject({ waiting: 1, failed: 1 });
    expect(json.commissions.line.at(-1)).toBe(1);
    expect(json.commissions.oldest_ms).toBeGreaterThan(0);
  });

  it('of an empty store is all zeros', async () => {
    const { json } = await get<Summary>(await start(), '/api/summary');
    expect(json).toMatchObject({
      payments: 0,
      currencies: [],
      commissions: { waiting: 0, failed: 0 },
    });
  });

  it('does not count exactly two seconds as slow', async () => {
    const store = await start();
    await send(store, SUCCEEDED);
    const ended = {
      endTimeUnixNano: nanos(NOW_MS + 2000),
      attributes: attributes({ 'payment.id': 'p' }),
    };
    await post(store, '/v1/traces', tracesRequest([span(ended)]));
    expect((await get<PaymentPage>(store, '/api/payments')).json.payments[0]?.took_ms).toBe(2000);
    expect((await get<PaymentPage>(store, '/api/payments?flag=slow')).json.payments).toEqual([]);
  });
});
