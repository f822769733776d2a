/** The spans of one request to a payment service: realistic values, one percent of the traces failed. */
import { createHash } from 'node:crypto';
import { type Attributes, SpanKind } from '@opentelemetry/api';

/** A span to record; each one is the parent of the next. */
export interface PlannedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
  readonly failed: boolean;
}

const BASE_MS = Date.UTC(2026, 10, 21, 9);
const CURRENCIES = ['EUR', 'USD', 'GBP', 'JPY'];
const METHODS = ['card', 'wallet', 'bank_debit', 'pay_later'];
const PURPOSES = ['purchase', 'subscription', 'tip', 'top_up'];

/** Trace number `index`: the request, its payment, then in turn a query to PostgreSQL or a call to the provider. */
export function spansOfTrace(index: number): PlannedSpan[] {
  // Odd and even traces differ.
  const failed = index % 101 === 7;
  const id = idOf(index);
  const startMs = BASE_MS + index * 3;
  const shared = { startMs, endMs: startMs + 40 + (index % 160), failed };
  return [
    {
      ...shared,
      name: 'POST /v1/payments/:id/confirm',
      kind: SpanKind.SERVER,
      attributes: request(id, index, failed),
    },
    {
      ...shared,
      name: 'payment.process',
      kind: SpanKind.INTERNAL,
      attributes: payment(id, index, failed),
    },
    index % 2 === 0
      ? {
          ...shared,
          failed: false,
          name: 'INSERT payments',
          kind: SpanKind.CLIENT,
          attributes: statement(),
        }
      : { ...shared, name: 'POST', kind: SpanKind.CLIENT, attributes: outside(id, failed) },
  ];
}

function request(id: string, index: number, failed: boolean): Attributes {
  return {
    'http.request.method': 'POST',
    'url.scheme': 'https',
    'url.path': `/v1/payments/pay_${id}/confirm`,
    'http.route': '/v1/payments/:id/confirm',
    'server.address': 'checkout.example.com',
    'server.port': 443,
    'client.address': `198.51.100.${index % 250}`,
    'network.protocol.version': '1.1',
    'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
    'http.response.status_code': failed ? 502 : 200,
  };
}

function payment(id: string, index: number, failed: boolean): Attributes {
  return {
    'payment.provider': 'stripe',
    'payment.id': `pi_${id}`,
    'payment.attempt.id': `ch_${id}`,
    'payment.method.type': METHODS[index % 4],
    'payment.purpose': PURPOSES[(index >> 2) % 4],
    'money.amount_minor': 199 + ((index * 37) % 90_000),
    'money.currency': CURRENCIES[(index >> 4) % 4],
    'payment.outcome': failed ? 'declined' : 'succeeded',
    ...(failed && {
      'moneytrail.keep': true,
      'payment.failure.reason': 'do_not_honor',
      'error.type': 'StripeCardError',
    }),
  };
}

function statement(): Attributes {
  return {
    'db.system.name': 'postgresql',
    'db.namespace': 'ledger',
    'db.operation.name': 'INSERT',
    'db.collection.name': 'payments',
    'db.query.text':
      'INSERT INTO payments (id, account_id, amount_minor, currency, state) VALUES ($1, $2, $3, $4, $5)',
    'server.address': 'ledger-primary.internal',
    'server.port': 5432,
  };
}

function outside(id: string, failed: boolean): Attributes {
  return {
    'http.request.method': 'POST',
    'url.full': `https://api.stripe.com/v1/payment_intents/pi_${id}/confirm`,
    'server.address': 'api.stripe.com',
    'server.port': 443,
    'network.peer.address': '203.0.113.17',
    'network.peer.port': 443,
    'network.protocol.version': '1.1',
    'http.response.status_code': failed ? 402 : 200,
  };
}

/** Letters and digits, like ids of providers. */
function idOf(index: number): string {
  return createHash('sha256')
    .update(String(index))
    .digest('base64')
    .replaceAll(/\W/g, '')
    .slice(0, 24);
}
