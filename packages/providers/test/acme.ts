// Acme, a provider that does not exist: everything that a provider has to supply.
import {
  childOf,
  type EventProblem,
  type EventTable,
  event,
  type HeaderReader,
  isHmac,
  isJson,
  type Json,
  numberOf,
  type Provider,
  type ReadEvent,
  readMoney,
  type Signature,
  type SignatureProblem,
  textOf,
  type WebhookEvent,
  type WebhookOptions,
  webhookSettings,
  wordTable,
} from '@moneytrail/providers';

/** An event of Acme, as its mappings read it. The application gets the JSON as Acme sent it. */
interface AcmeEvent extends WebhookEvent {
  readonly object: Json;
}

const METHODS = wordTable([
  ['card', 'visa mastercard'],
  ['bank_transfer', 'iban'],
]);

const EVENTS: EventTable<AcmeEvent> = {
  PAYMENT_CAPTURED: {
    records: ['payment.succeeded'],
    map: ({ object }) => [
      event('payment.succeeded', {
        id: textOf(object, 'reference'),
        amount: readMoney(object['cents'], object['currency']),
        platformFee: readMoney(object['feeCents'], object['currency']),
        method: METHODS.get(textOf(object, 'scheme') ?? '') ?? '_OTHER',
      }),
    ],
  },
  REFUND_DONE: {
    records: ['refund.succeeded'],
    map: ({ object }) => [
      event('refund.succeeded', {
        id: textOf(object, 'reference'),
        payment: textOf(object, 'payment'),
        amount: readMoney(object['cents'], object['currency']),
      }),
    ],
  },
  CONTRACT_SIGNED: 'no_money',
};

/** Acme as the provider of a webhook. */
export function acme(options: WebhookOptions): Provider<Json, AcmeEvent> {
  const settings = webhookSettings('acme', options);
  return { name: 'acme', settings, readSignature, readEvent, events: EVENTS };
}

/** Acme signs the body and the time, which are two headers: `acme-digest` in hexadecimal and `acme-time` in milliseconds. */
function readSignature(header: HeaderReader): Signature | SignatureProblem {
  const [digest, time = ''] = [header('acme-digest'), header('acme-time')];
  if (digest === undefined) return 'signature_missing';
  if (!/^\d{13}$/.test(time)) return 'signature_invalid';
  return {
    signedAtSeconds: Math.floor(Number(time) / 1000),
    fits: (body, secret) => isHmac(digest, secret, [body, '@', time]),
  };
}

function readEvent(body: unknown): ReadEvent<Json, AcmeEvent> | EventProblem {
  if (!isJson(body)) return 'event_malformed';
  const [id, type] = [textOf(body, 'notice'), textOf(body, 'kind')];
  if (id === undefined || type === undefined) return 'event_malformed';
  const seconds = numberOf(body, 'happened');
  return {
    payload: body,
    event: {
      id,
      type,
      at: seconds === undefined ? undefined : new Date(seconds * 1000),
      account: textOf(body, 'merchant'),
      mode: body['sandbox'] === true ? 'test' : 'live',
      object: childOf(body, 'subject'),
    },
  };
}
