// A second provider with its own signature and events is received like Stripe.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  createWebhook,
  type Provider,
  type Webhook,
  type WebhookEvent,
  type WebhookOptions,
  webhookHandler,
} from '@moneytrail/providers';
import { stripe } from '@moneytrail/providers/stripe';
import { acme } from './acme.ts';
import {
  counted,
  deliveriesAmong,
  eventsAmong,
  NOW_SECONDS,
  recordedBy,
  startRecording,
  bodyOf as stripeBody,
  headersOf as stripeHeaders,
} from './support.ts';

beforeAll(startRecording);

const OPTIONS: WebhookOptions = { secret: ['one', 'other'], now: () => NOW_SECONDS * 1000 };

/** How a test speaks as a provider. */
interface Speaker {
  readonly webhook: () => Webhook<unknown>;
  readonly sign: (body: string, secret?: string, atSeconds?: number) => Record<string, string>;
  readonly paid: (id: string, more?: object) => string;
  readonly notRecorded: () => string;
  readonly unknown: () => string;
  readonly test: () => string;
  readonly malformed: string;
}

let ids = 0;

function newId(): string {
  ids += 1;
  return `second_${ids}`;
}

function notice(kind: string, subject: object, more: object = {}): string {
  return JSON.stringify({ notice: newId(), kind, happened: NOW_SECONDS - 1, subject, ...more });
}

function acmeHeaders(body: string, secret = 'one', atSeconds = NOW_SECONDS) {
  const time = String(atSeconds * 1000);
  const digest = createHmac('sha256', secret).update(`${body}@${time}`).digest('hex');
  return { 'acme-digest': digest, 'acme-time': time };
}

function acmePaid(id: string, more: object = {}): string {
  return notice('PAYMENT_CAPTURED', { reference: id, cents: 1999, currency: 'eur', ...more });
}

function stripePaid(id: string, more: object = {}, event: object = {}): string {
  const object = { id, amount: 1999, currency: 'eur', captured: true, ...more };
  return stripeBody({ type: 'charge.succeeded', object, ...event });
}

const SPEAKERS: Readonly<Record<string, Speaker>> = {
  acme: {
    webhook: () => createWebhook(acme(OPTIONS)),
    sign: acmeHeaders,
    paid: acmePaid,
    notRecorded: () => notice('CONTRACT_SIGNED', {}),
    unknown: () => notice('MOON_LANDED', {}),
    test: () => notice('PAYMENT_CAPTURED', {}, { sandbox: true }),
    malformed: '{"kind":"PAYMENT_CAPTURED"}',
  },
  stripe: {
    webhook: () => createWebhook(stripe(OPTIONS)),
    sign: (body, secret = 'one', atSeconds) => stripeHeaders(body, atSeconds, secret),
    paid: stripePaid,
    notRecorded: () => stripeBody({ type: 'product.created', object: {} }),
    unknown: () => stripeBody({ type: 'moon.landed', object: {} }),
    test: () => stripePaid(newId(), {}, { livemode: false }),
    malformed: '{"type":"charge.succeeded"}',
  },
};

type Row = readonly [
  title: string,
  deliver: (speaker: Speaker, webhook: Webhook<unknown>) => unknown,
  response: object,
];

const INVALID = { result: 'invalid_signature', status: 400 };

const ROWS: readonly Row[] = [
  [
    'signed with the first secret',
    ({ paid, sign }, webhook) => handled(webhook, paid(newId()), (body) => sign(body, 'one')),
    { result: 'ok', status: 200 },
  ],
  [
    'signed with the second secret',
    ({ paid, sign }, webhook) => handled(webhook, paid(newId()), (body) => sign(body, 'other')),
    { result: 'ok', status: 200 },
  ],
  [
    'signed with neither secret',
    ({ paid, sign }, webhook) => handled(webhook, paid(newId()), (body) => sign(body, 'third')),
    { ...INVALID, code: 'signature_invalid' },
  ],
  [
    'whose body was changed',
    ({ paid, sign }, webhook) => handled(webhook, paid(newId()), (body) => sign(`${body} `)),
    { ...INVALID, code: 'signature_invalid' },
  ],
  [
    'without a signature',
    ({ paid }, webhook) => handled(webhook, paid(newId()), () => ({})),
    { ...INVALID, code: 'signature_missing' },
  ],
  ...[-300, 0, 300].map(
    (skew): Row => [
      `signed at ${skew} s by our clock`,
      ({ paid, sign }, webhook) =>
        handled(webhook, paid(newId()), (body) => sign(body, 'one', NOW_SECONDS + skew)),
      { result: 'ok', status: 200 },
    ],
  ),
  [
    'signed at -301 s by our clock',
    ({ paid, sign }, webhook) =>
      handled(webhook, paid(newId()), (body) => sign(body, 'one', NOW_SECONDS - 301)),
    { ...INVALID, code: 'signature_expired' },
  ],
  [
    'that is not JSON',
    ({ sign }, webhook) => handled(webhook, '{', sign),
    { result: 'error', status: 400, code: 'json_invalid' },
  ],
  [
    'without an event',
    ({ malformed, sign }, webhook) => handled(webhook, malformed, sign),
    { result: 'error', status: 400, code: 'event_malformed' },
  ],
  [
    'of a type that records nothing',
    ({ notRecorded, sign }, webhook) => handled(webhook, notRecorded(), sign),
    { result: 'ignored', status: 200 },
  ],
  [
    'of an unknown type',
    ({ unknown, sign }, webhook) => handled(webhook, unknown(), sign),
    { result: 'unrecognized', status: 200 },
  ],
  [
    'of test money',
    ({ test, sign }, webhook) => handled(webhook, test(), sign),
    { result: 'test_mode', status: 200 },
  ],
];

function handled(
  webhook: Webhook<unknown>,
  body: string,
  sign: (body: string) => Record<string, string>,
) {
  const { event: _, ...response } = webhook.handle(body, sign(body));
  return response;
}

describe.each(Object.entries(SPEAKERS))('a delivery of %s', (name, speaker) => {
  it.each(ROWS)('%s has the response of every provider', (_, deliver, response) => {
    const results = { 'payment.provider': name };
    const before = counted('webhook.deliveries', results);
    expect(deliver(speaker, speaker.webhook())).toEqual(response);
    expect(counted('webhook.deliveries', results)).toBe(before + 1);
  });

  it('records its payment once under the provider, also where it is repeated and reported twice', () => {
    const [webhook, id] = [speaker.webhook(), newId()];
    const bodies = [speaker.paid(id), speaker.paid(id)];
    const labels = { 'payment.provider': name, 'payment.outcome': 'succeeded' };
    const attempts = counted('payment.attempts', labels);
    const volume = counted('payment.volume', { 'money.currency': 'EUR' });
    const results: string[] = [];
    const records = recordedBy(() => {
      for (const body of [...bodies, ...bodies]) {
        results.push(webhook.handle(body, speaker.sign(body)).result);
      }
    });
    expect(results).toEqual(['ok', 'ok', 'duplicate', 'duplicate']);
    expect(eventsAmong(records)).toEqual([
      expect.objectContaining({
        event: 'payment.succeeded',
        atSeconds: NOW_SECONDS - 1,
        'payment.provider': name,
        'payment.id': id,
        'money.amount_minor': 1999,
      }),
    ]);
    expect(counted('payment.attempts', labels)).toBe(attempts + 1);
    expect(counted('payment.volume', { 'money.currency': 'EUR' })).toBeCloseTo(volume + 19.99, 6);
    expect(deliveriesAmong(records)[0]).toMatchObject({ 'webhook.delivery.lag': 1 });
  });
});

describe('a delivery of acme', () => {
  const handle = (body: string) => createWebhook(acme(OPTIONS)).handle(body, acmeHeaders(body));

  it('has the words and the fee of the provider in its event', () => {
    const body = acmePaid(newId(), { scheme: 'iban', feeCents: 100 });
    expect(eventsAmong(recordedBy(() => handle(body)))).toEqual([
      expect.objectContaining({
        'payment.method.type': 'bank_transfer',
        'platform_fee.amount_minor': 100,
      }),
    ]);
  });

  it('with a wrong fee loses the fee, and with a wrong amount the event', () => {
    const records = recordedBy(() => {
      expect(handle(acmePaid(newId(), { feeCents: -1 })).result).toBe('ok');
      expect(handle(acmePaid(newId(), { cents: -1 }))).toMatchObject({
        status: 200,
        code: 'negative_amount',
      });
    });
    expect(eventsAmong(records)).toEqual([
      expect.not.objectContaining({ 'platform_fee.amount_minor': expect.anything() }),
    ]);
  });

  it('of a connected account is another one than that of the own account with the same id', () => {
    const webhook = createWebhook(acme(OPTIONS));
    const own = notice('REFUND_DONE', { reference: newId(), cents: 5, currency: 'eur' });
    const connected = JSON.stringify({ ...JSON.parse(own), merchant: 'm_1' });
    const records = recordedBy(() => {
      for (const body of [own, connected]) {
        expect(webhook.handle(body, acmeHeaders(body)).result).toBe('ok');
      }
    });
    const kinds = eventsAmong(records).map((one) => one['account.kind']);
    expect(kinds).toEqual([undefined, 'connected']);
  });

  it('is served over HTTP, and the application gets what Acme sent', async () => {
    const seen: unknown[] = [];
    const provider = acme({ ...OPTIONS, now: Date.now });
    const server = createServer(webhookHandler(provider, (sent) => void seen.push(sent['kind'])));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const body = acmePaid(newId());
    const headers = acmeHeaders(body, 'other', Math.floor(Date.now() / 1000));
    const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body });
    expect([response.status, await response.text()]).toEqual([200, '{"result":"ok"}']);
    expect(seen).toEqual(['PAYMENT_CAPTURED']);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a provider with a fault', () => {
  const failing = (): never => {
    throw new Error('a fault of the provider');
  };
  const fault = (more: Partial<Provider<unknown, WebhookEvent>>): Webhook<unknown> =>
    createWebhook<unknown, WebhookEvent>({
      name: 'acme',
      settings: acme(OPTIONS).settings,
      readSignature: () => ({ fits: () => true }),
      readEvent: (payload) => ({ payload, event: { id: newId(), type: 'a' } }),
      events: {},
      ...more,
    });

  it.each<[string, Partial<Provider<unknown, WebhookEvent>>, object]>([
    ['reads a signature', { readSignature: failing }, { ...INVALID, code: 'signature_invalid' }],
    [
      'compares a signature',
      { readSignature: () => ({ fits: failing }) },
      { ...INVALID, code: 'signature_invalid' },
    ],
    ['reads an event', { readEvent: failing }, { result: 'error', code: 'event_malformed' }],
    [
      'maps an event',
      { events: { a: { records: [], map: failing } } },
      { result: 'error', status: 200, code: 'internal' },
    ],
    [
      'completes an event',
      { events: { a: 'no_money' }, complete: failing },
      { result: 'error', status: 200, code: 'internal' },
    ],
  ])('that throws while it %s is refused or counted', (_, more, response) => {
    expect(fault(more).handle('{}', {})).toMatchObject(response);
  });

  const promise = (): never => Promise.resolve(false) as never;
  const read = (event: unknown) => (): never => ({ payload: {}, event }) as never;

  it.each<[string, Partial<Provider<unknown, WebhookEvent>>, string]>([
    ['compares with a promise', { readSignature: () => ({ fits: promise }) }, 'signature_invalid'],
    [
      'reads a time that is not a number',
      { readSignature: () => ({ signedAtSeconds: Number.NaN, fits: () => true }) },
      'signature_expired',
    ],
    [
      'reads a time without end',
      { readSignature: () => ({ signedAtSeconds: Number.POSITIVE_INFINITY, fits: () => true }) },
      'signature_expired',
    ],
    ['reads nothing', { readEvent: () => Object(undefined) }, 'event_malformed'],
    ['reads a promise', { readEvent: promise }, 'event_malformed'],
    ['reads no event', { readEvent: read(undefined) }, 'event_malformed'],
    ['reads an event without an id', { readEvent: read({ type: 'a' }) }, 'event_malformed'],
    ['reads an event without a type', { readEvent: read({ id: 'n' }) }, 'event_malformed'],
    [
      'reads another mode',
      { readEvent: read({ id: 'n', type: 'a', mode: 'sandbox' }) },
      'event_malformed',
    ],
  ])('that %s is refused', (_, more, code) => {
    expect(fault(more).handle('{}', {})).toMatchObject({ status: 400, code });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['options', { secret: 'one' }],
    ['a provider without events', { ...acme(OPTIONS), events: undefined }],
    ['a provider that cannot read', { ...acme(OPTIONS), readEvent: 'no' }],
  ])('is not made of %s', (_, given) => {
    const make: (provider: never) => unknown = createWebhook;
    expect(() => Reflect.apply(make, undefined, [given])).toThrow('MONEYTRAIL_OPTION_INVALID');
  });
});

describe('the guide to a provider of one’s own', () => {
  it('shows the provider of these tests', () => {
    const root = new URL('../../../', import.meta.url);
    const page = readFileSync(new URL('docs/add-a-provider.md', root), 'utf8');
    const source = readFileSync(new URL('acme.ts', import.meta.url), 'utf8');
    expect(page).toContain(source);
  });
});
