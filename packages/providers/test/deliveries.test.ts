import { beforeAll, describe, expect, it } from '@jest/globals';
import { MoneytrailError } from '@moneytrail/catalogue';
import { stripe } from '@moneytrail/providers/stripe';
import Stripe from 'stripe';
import {
  bodyOf,
  counted,
  deliver,
  deliveriesAmong,
  eventsAmong,
  headersOf,
  NOW_SECONDS,
  recordedBy,
  SECRET,
  signatureOf,
  startRecording,
  webhookOfTest,
} from './support.ts';

beforeAll(startRecording);

let ids = 0;

/** The body of a captured charge. */
function chargeBody(more: object = {}, event: object = {}): string {
  ids += 1;
  const object = { id: `ch_${ids}`, amount: 100, currency: 'eur', captured: true, ...more };
  return bodyOf({ type: 'charge.succeeded', object, ...event });
}

function signed(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

describe('the options of a provider', () => {
  it.each([
    ['an empty secret', { secret: '' }, 'MONEYTRAIL_WEBHOOK_SECRET_INVALID'],
    ['a blank secret', { secret: ' ' }, 'MONEYTRAIL_WEBHOOK_SECRET_INVALID'],
    ['a secret with a line end', { secret: 'whsec_a\n' }, 'MONEYTRAIL_WEBHOOK_SECRET_INVALID'],
    ['no secret', { secret: undefined }, 'MONEYTRAIL_WEBHOOK_SECRET_INVALID'],
    ['two secrets in one text', { secret: 'a,b' }, 'MONEYTRAIL_WEBHOOK_SECRET_INVALID'],
    ['an empty list of secrets', { secret: [] }, 'MONEYTRAIL_WEBHOOK_SECRET_INVALID'],
    ['a list with an empty secret', { secret: ['a', ''] }, 'MONEYTRAIL_WEBHOOK_SECRET_INVALID'],
    ['a list with no secret', { secret: ['a', undefined] }, 'MONEYTRAIL_WEBHOOK_SECRET_INVALID'],
    ['an account with another prefix', { ownAccount: 'own' }, 'MONEYTRAIL_OPTION_INVALID'],
    ['an account that is a number', { ownAccount: 1 }, 'MONEYTRAIL_OPTION_INVALID'],
    ['a mode of its own', { mode: 'sandbox' }, 'MONEYTRAIL_OPTION_INVALID'],
    ['a tolerance of nothing', { toleranceSeconds: 0 }, 'MONEYTRAIL_OPTION_INVALID'],
    ['a tolerance below one second', { toleranceSeconds: 0.999 }, 'MONEYTRAIL_OPTION_INVALID'],
    ['an endless tolerance', { toleranceSeconds: Infinity }, 'MONEYTRAIL_OPTION_INVALID'],
    ['a clock that is not a function', { now: 1 }, 'MONEYTRAIL_OPTION_INVALID'],
  ])('refuse %s at creation', (_, wrong, code) => {
    const options = JSON.parse(`{"secret":"${SECRET}"}`);
    const given = Object.assign(options, wrong);
    expect(() => stripe(given)).toThrow(MoneytrailError);
    expect(() => stripe(given)).toThrow(code);
  });

  it('accept the smallest tolerance', () => {
    expect(() => stripe({ secret: 'x', toleranceSeconds: 1 })).not.toThrow();
  });

  it('name the list where two secrets are one text', () => {
    expect(() => stripe({ secret: 'a,b' })).toThrow('or a list of such secrets');
  });

  it('do not show the secret in the error', () => {
    expect(() => stripe({ secret: 'whsec_very secret' })).not.toThrow(/very/);
  });
});

describe('a signature', () => {
  const webhook = webhookOfTest();

  it.each([
    ['of now', 0, 'ok', undefined],
    ['of 300 seconds ago', 300, 'ok', undefined],
    ['of 301 seconds ago', 301, 'invalid_signature', 'signature_expired'],
  ])('%s is %3$s', (_, age, result, code) => {
    const body = chargeBody();
    const response = webhook.handle(body, headersOf(body, NOW_SECONDS - age));
    expect([response.result, response.code]).toEqual([result, code]);
  });

  it.each([
    ['by another secret', 'signature_invalid'],
    ['of another body', 'signature_invalid'],
    ['of another scheme', 'signature_invalid'],
    ['without a time', 'signature_invalid'],
    ['that is garbage', 'signature_invalid'],
    ['that is empty', 'signature_missing'],
    ['that is missing', 'signature_missing'],
    ['that is a list', 'signature_missing'],
  ])('%s is refused with 400, and nothing of the event is recorded', (kind, code) => {
    const payload = chargeBody();
    const header = Stripe.webhooks.generateTestHeaderString({
      payload: kind === 'of another body' ? `${payload} ` : payload,
      secret: kind === 'by another secret' ? 'whsec_other' : SECRET,
      scheme: kind === 'of another scheme' ? 'v0' : 'v1',
      timestamp: NOW_SECONDS,
    });
    const others: Readonly<Record<string, unknown>> = {
      'without a time': header.replace(/^t=\d+,/, ''),
      'that is garbage': 'garbage',
      'that is empty': '',
      'that is missing': undefined,
      'that is a list': [header],
    };
    const headers = { 'stripe-signature': kind in others ? others[kind] : header };
    const before = counted('webhook.deliveries', { 'webhook.result': 'invalid_signature' });
    let response: unknown;
    const records = recordedBy(() => {
      response = webhook.handle(payload, Object(headers));
    });
    expect(response).toEqual({ result: 'invalid_signature', status: 400, code });
    expect(eventsAmong(records)).toEqual([]);
    // Anybody can post this, so it is counted and is not an event.
    expect(deliveriesAmong(records)).toEqual([]);
    expect(counted('webhook.deliveries', { 'webhook.result': 'invalid_signature' })).toBe(
      before + 1,
    );
  });

  it.each<[string, () => number]>([
    [
      'throws',
      () => {
        throw new Error('a fault of the clock');
      },
    ],
    ['has no time', () => Number.NaN],
  ])('has expired where the clock %s', (_, now) => {
    const body = chargeBody();
    const response = webhookOfTest({ now }).handle(body, headersOf(body));
    expect(response).toEqual({
      result: 'invalid_signature',
      status: 400,
      code: 'signature_expired',
    });
  });

  it('may be one of several, as while a secret is rolled', () => {
    const body = chargeBody();
    const header = `${signatureOf(body)},v1=${'0'.repeat(64)}`;
    expect(webhook.handle(body, { 'stripe-signature': header }).result).toBe('ok');
  });
});

describe('several secrets', () => {
  const [one, other] = ['whsec_own', 'whsec_connected'] as const;

  it.each([
    ['the first', one, 0, 'ok', undefined],
    ['the last', other, 0, 'ok', undefined],
    ['neither', 'whsec_third', 0, 'invalid_signature', 'signature_invalid'],
    ['the last, too long ago', other, 301, 'invalid_signature', 'signature_expired'],
    ['the first, too long ago', one, 301, 'invalid_signature', 'signature_expired'],
  ])('a delivery signed with %s is counted once, as %4$s', (_, secret, age, result, code) => {
    const webhook = webhookOfTest({ secret: [one, other] });
    const body = chargeBody();
    const before = counted('webhook.deliveries');
    const response = webhook.handle(body, headersOf(body, NOW_SECONDS - age, secret));
    expect([response.result, response.code]).toEqual([result, code]);
    expect(counted('webhook.deliveries')).toBe(before + 1);
  });

  it('are tried while one of them is exchanged: the header has both signatures', () => {
    const body = chargeBody();
    const [, old] = signatureOf(body, NOW_SECONDS, 'whsec_before').split(',');
    const header = `${signatureOf(body, NOW_SECONDS, other)},${old}`;
    expect(
      webhookOfTest({ secret: [one, other] }).handle(body, { 'stripe-signature': header }).result,
    ).toBe('ok');
  });

  it('report a body that is not JSON, whichever of them signed it', () => {
    const webhook = webhookOfTest({ secret: [one, other] });
    expect(webhook.handle('{', headersOf('{', NOW_SECONDS, other)).code).toBe('json_invalid');
  });
});

describe('an event of test mode', () => {
  const LIVE = { 'webhook.result': 'live_mode' };
  const TEST = { 'webhook.result': 'test_mode' };

  it.each([
    ['live', true, 'ok'],
    ['live', false, 'test_mode'],
    ['live', undefined, 'ok'],
    ['test', true, 'live_mode'],
    ['test', false, 'ok'],
    ['test', undefined, 'ok'],
  ] as const)('to a webhook of %s money, with livemode %s, is %s', (mode, livemode, result) => {
    const body = chargeBody({}, livemode === undefined ? {} : { livemode });
    const records = recordedBy(() => {
      expect(deliver(webhookOfTest({ mode }), body)).toMatchObject({ result, status: 200 });
    });
    expect(eventsAmong(records)).toHaveLength(result === 'ok' ? 1 : 0);
    expect(deliveriesAmong(records)).toHaveLength(1);
  });

  it('may say so by its object alone', () => {
    const body = chargeBody({ livemode: false });
    expect(deliver(webhookOfTest(), body).result).toBe('test_mode');
  });

  it.each([[null], ['false'], [0]])('does not say so by %j: no live money is lost', (livemode) => {
    const body = chargeBody({}, { livemode });
    expect(deliver(webhookOfTest(), body).result).toBe('ok');
  });

  it('is counted under its mode each time, and is not a repetition', () => {
    const [webhook, body] = [webhookOfTest(), chargeBody({}, { livemode: false })];
    const before = counted('webhook.deliveries', TEST);
    const records = recordedBy(() => {
      expect([deliver(webhook, body).result, deliver(webhook, body).result]).toEqual([
        'test_mode',
        'test_mode',
      ]);
    });
    expect(counted('webhook.deliveries', TEST)).toBe(before + 2);
    expect(records.map(({ severityText }) => severityText)).toEqual(['INFO', 'INFO']);
  });

  it('of live money where a test is expected is a warning', () => {
    const before = counted('webhook.deliveries', LIVE);
    const body = chargeBody({}, { livemode: true });
    const [record] = recordedBy(() => deliver(webhookOfTest({ mode: 'test' }), body));
    expect([record?.eventName, record?.severityText]).toEqual([
      'moneytrail.webhook.live_mode',
      'WARN',
    ]);
    expect(counted('webhook.deliveries', LIVE)).toBe(before + 1);
  });

  it('is given to the application, with its mode as the result', async () => {
    const body = chargeBody({}, { livemode: false });
    const seen: unknown[] = [];
    await webhookOfTest().process(body, headersOf(body), (event, { result }) => {
      seen.push([event.livemode, result]);
    });
    expect(seen).toEqual([[false, 'test_mode']]);
  });
});

describe('an event that names the own account', () => {
  it('is the same as the one that does not, and its money is one’s own', () => {
    const webhook = webhookOfTest({ ownAccount: 'acct_own' });
    const object = { id: 'ch_named', amount: 100, currency: 'eur' };
    const event = { id: 'evt_named', type: 'charge.succeeded', object };
    const records = recordedBy(() => {
      expect(deliver(webhook, bodyOf({ ...event, account: 'acct_own' })).result).toBe('ok');
      expect(deliver(webhook, bodyOf(event)).result).toBe('duplicate');
    });
    expect(eventsAmong(records)).toEqual([
      expect.not.objectContaining({ 'account.kind': 'connected' }),
    ]);
  });
});

describe('an event of a connected account', () => {
  it('is another one than that of the own account with the same id, and so is its object', () => {
    const webhook = webhookOfTest();
    const volume = (kind: string): number => counted('payment.volume', { 'account.kind': kind });
    const before = { own: volume('own'), connected: volume('connected') };
    const event = { id: 'evt_same', type: 'charge.succeeded' };
    const object = { id: 'ch_same', amount: 100, currency: 'eur' };
    const bodies = [undefined, 'acct_1', 'acct_2'].map((account) =>
      bodyOf({ ...event, object, ...(account && { account }) }),
    );
    const records = recordedBy(() => {
      for (const body of bodies) expect(deliver(webhook, body).result).toBe('ok');
      for (const body of bodies) expect(deliver(webhook, body).result).toBe('duplicate');
    });
    expect(volume('own')).toBe(before.own + 1);
    expect(volume('connected')).toBe(before.connected + 2);
    const events = eventsAmong(records);
    expect(events.map((one) => one['account.kind'])).toEqual([undefined, 'connected', 'connected']);
    const ids = records.map(({ attributes }) => attributes['moneytrail.event.id']);
    expect(new Set(ids).size).toBe(records.length);
    expect(JSON.stringify(records.map(({ attributes }) => attributes))).not.toContain('acct_');
  });
});

describe('a signed body that is not an event', () => {
  const webhook = webhookOfTest();
  const whole = chargeBody();

  it.each([
    ['truncated JSON', whole.slice(0, -10), 'json_invalid'],
    ['text', 'hello', 'json_invalid'],
    ['null', null, 'event_malformed'],
    ['a number', '7', 'event_malformed'],
    ['a list', [], 'event_malformed'],
    ['an empty object', {}, 'event_malformed'],
    ['an event without id', { type: 'charge.succeeded', data: { object: {} } }, 'event_malformed'],
    ['an event without type', { id: 'evt_x', data: { object: {} } }, 'event_malformed'],
    ['an event without data', { id: 'evt_x', type: 'charge.succeeded' }, 'event_malformed'],
    [
      'an event without object',
      { id: 'evt_x', type: 'charge.succeeded', data: { object: null } },
      'event_malformed',
    ],
    [
      'a thin event',
      { id: 'evt_x', object: 'v2.core.event', type: 'v1.billing.meter.error_report_triggered' },
      'event_thin',
    ],
  ])('%s has the response 400 and %3$s', (_, value, code) => {
    const body = signed(value);
    const records = recordedBy(() => {
      expect(deliver(webhook, body)).toEqual({ result: 'error', status: 400, code });
    });
    expect(records.map(({ eventName }) => eventName)).toEqual(['moneytrail.webhook.failed']);
  });

  it('an empty body has no signature that fits', () => {
    expect(webhook.handle('', headersOf('x')).code).toBe('signature_invalid');
  });

  it('the bytes of the web, as `arrayBuffer()` gives them, are a body', () => {
    const body = chargeBody();
    const bytes = new TextEncoder().encode(body).buffer;
    expect(webhook.handle(bytes, headersOf(body)).result).toBe('ok');
    expect(webhook.handle(new ArrayBuffer(2 ** 20 + 1), headersOf(body)).code).toBe(
      'body_too_large',
    );
  });

  it('a body that was parsed before is refused, not thrown', () => {
    const parsed = JSON.parse(whole);
    expect(webhook.handle(parsed, headersOf(whole)).code).toBe('body_not_raw');
  });

  it('whose buffer was transferred to another thread is not raw', () => {
    const [buffer, body] = [new ArrayBuffer(8), chargeBody()];
    structuredClone(buffer, { transfer: [buffer] });
    expect(webhook.handle(buffer, headersOf(body)).code).toBe('body_not_raw');
  });
});

describe('an amount', () => {
  const webhook = webhookOfTest();

  it.each([
    ['negative', { amount: -1 }, 'negative_amount'],
    ['fractional', { amount: 0.5 }, 'fractional_amount'],
    ['unsafe', { amount: 2 ** 53 }, 'unsafe_amount'],
    ['a text', { amount: '100' }, 'invalid_value'],
    ['missing', { amount: null }, 'missing_amount'],
    ['of an unknown currency', { currency: 'xxq' }, 'unknown_currency'],
    ['without a currency', { currency: null }, 'unknown_currency'],
    ['finer than its currency', { amount: 501, currency: 'ugx' }, 'conversion'],
  ])('%s is refused and counted; the event is the application’s all the same', (_, more, code) => {
    const body = chargeBody(more);
    const drops = { instrument: 'payment.succeeded', 'drop.reason': code };
    const before = counted('business_events.dropped', drops);
    const records = recordedBy(() => {
      const response = deliver(webhook, body);
      expect(response).toMatchObject({ result: 'error', status: 200, code });
      expect(response.event?.type).toBe('charge.succeeded');
    });
    expect(eventsAmong(records)).toEqual([]);
    expect(counted('business_events.dropped', drops)).toBe(before + 1);
    expect(deliver(webhook, body).result).toBe('duplicate');
    expect(counted('business_events.dropped', drops)).toBe(before + 1);
  });

  it('refused in one refund of a list does not lose the others', () => {
    const refunds = [
      { id: 're_1', amount: -5, currency: 'eur' },
      { id: 're_2', amount: 5, currency: 'eur' },
    ];
    const object = { id: 'ch_list', amount: 10, currency: 'eur', refunds: { data: refunds } };
    const body = bodyOf({ type: 'charge.refunded', object });
    const records = recordedBy(() => {
      expect(deliver(webhook, body).code).toBe('negative_amount');
    });
    expect(eventsAmong(records).map((one) => one['refund.id'])).toEqual(['re_2']);
  });

  it.each([
    ['negative', -1, 'negative_amount'],
    ['fractional', 1.5, 'fractional_amount'],
  ])('of a platform fee that is %s loses the fee and not the payment', (_, fee, reason) => {
    const name = { instrument: 'platform_fee.amount_minor', 'drop.reason': reason };
    const body = chargeBody({ application_fee_amount: fee });
    const records = recordedBy(() => {
      expect(deliver(webhook, body)).toMatchObject({ result: 'ok', status: 200 });
    });
    expect(eventsAmong(records)).toHaveLength(1);
    expect(eventsAmong(records)[0]).not.toHaveProperty('platform_fee.amount_minor');
    expect(counted('value.coerced', name)).toBe(1);
  });
});

describe('a delivery', () => {
  it('is recorded once with its id, type, lag and duration', () => {
    const webhook = webhookOfTest();
    const body = chargeBody({}, { id: 'evt_lag', created: NOW_SECONDS - 90 });
    const [delivery, ...others] = deliveriesAmong(recordedBy(() => deliver(webhook, body)));
    expect(others).toEqual([]);
    expect(delivery).toEqual({
      event: 'webhook.processed',
      atSeconds: expect.any(Number),
      'payment.provider': 'stripe',
      'webhook.id': 'evt_lag',
      'webhook.type': 'charge.succeeded',
      'webhook.delivery.lag': 90,
      'moneytrail.event.duration': expect.any(Number),
    });
  });

  it('of an event from the future has no lag', () => {
    const body = chargeBody({}, { created: NOW_SECONDS + 1 });
    const [delivery] = deliveriesAmong(recordedBy(() => deliver(webhookOfTest(), body)));
    expect(delivery).not.toHaveProperty('webhook.delivery.lag');
  });

  it('of a type that nobody knows is harmless and counted', () => {
    const body = bodyOf({ type: 'charge.teleported', object: { id: 'ch_x', amount: 1 } });
    const records = recordedBy(() => {
      expect(deliver(webhookOfTest(), body)).toMatchObject({ result: 'unrecognized', status: 200 });
    });
    expect(records.map(({ eventName }) => eventName)).toEqual(['moneytrail.webhook.unrecognized']);
  });

  it.each([
    ['bitcoin.receiver.filled', 'ignored'],
    ['customer.card.created', 'ignored'],
    ['invoiceitem.updated', 'ignored'],
    ['order.payment_succeeded', 'ignored'],
    ['recipient.created', 'ignored'],
    ['sku.updated', 'ignored'],
    ['issuer_fraud_record.created', 'ok'],
  ])('of the type %s of an older API version is %s', (type, result) => {
    const object = { id: 'x_old', charge: 'ch_old' };
    expect(deliver(webhookOfTest(), bodyOf({ type, object })).result).toBe(result);
  });

  it.each(['constructor', '__proto__', 'toString'])('of the type %s is unrecognized', (type) => {
    expect(deliver(webhookOfTest(), bodyOf({ type, object: {} })).result).toBe('unrecognized');
  });

  it('that is repeated is a duplicate, and its events are recorded once', () => {
    const webhook = webhookOfTest();
    const body = chargeBody();
    const results: string[] = [];
    const records = recordedBy(() => {
      for (let time = 0; time < 3; time++) results.push(deliver(webhook, body).result);
    });
    expect(results).toEqual(['ok', 'duplicate', 'duplicate']);
    expect(eventsAmong(records)).toHaveLength(1);
  });

  it('that is repeated to another webhook is the same event', () => {
    const body = chargeBody();
    const records = recordedBy(() => {
      expect(deliver(webhookOfTest(), body).result).toBe('ok');
      expect(deliver(webhookOfTest(), body).result).toBe('ok');
    });
    expect(eventsAmong(records)).toHaveLength(1);
  });

  it('is remembered while 9,999 others follow, and forgotten after 10,000', () => {
    const webhook = webhookOfTest();
    const first = bodyOf({ type: 'product.created', object: {} });
    const next = (): string => bodyOf({ type: 'product.created', object: {} });
    deliver(webhook, first);
    for (let others = 0; others < 9_999; others++) deliver(webhook, next());
    expect(deliver(webhook, first).result).toBe('duplicate');
    deliver(webhook, next());
    expect(deliver(webhook, first).result).toBe('ignored');
  });
});

describe('the application’s own work', () => {
  const process = (webhook = webhookOfTest()) => {
    return (body: string, work: () => unknown) => webhook.process(body, headersOf(body), work);
  };

  it('gets the event and what became of the delivery, also of a repetition', async () => {
    const webhook = webhookOfTest();
    const body = chargeBody({}, { id: 'evt_work' });
    const seen: unknown[] = [];
    for (let time = 0; time < 2; time++) {
      const response = await webhook.process(body, headersOf(body), (event, { result }) => {
        seen.push([event.id, result]);
      });
      expect(response.status).toBe(200);
    }
    expect(seen).toEqual([
      ['evt_work', 'ok'],
      ['evt_work', 'duplicate'],
    ]);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('ledger is closed'))],
    [
      'throws',
      () => {
        throw new Error('ledger is closed');
      },
    ],
  ])(
    'that %s has the response 500, keeps the events, and the next delivery is not a duplicate',
    async (_, work) => {
      const deliverTo = process();
      const body = chargeBody();
      const failed = await deliverTo(body, work);
      expect(failed).toMatchObject({ result: 'error', status: 500, code: 'application_error' });
      expect(failed.error).toEqual(new Error('ledger is closed'));
      expect((await deliverTo(body, () => undefined)).result).toBe('ok');
      expect((await deliverTo(body, () => undefined)).result).toBe('duplicate');
    },
  );

  it('does not get what cannot be trusted', async () => {
    const called: string[] = [];
    const response = await webhookOfTest().process(
      chargeBody(),
      { 'stripe-signature': 't=1,v1=0' },
      () => called.push('x'),
    );
    expect(response.code).toBe('signature_invalid');
    expect(called).toEqual([]);
  });
});
