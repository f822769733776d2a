import { OTHER } from '@moneytrail/catalogue';
import { defined } from '../defined.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { textOf } from './json.ts';
import {
  amountOf,
  type Finding,
  objectId,
  pricedFact,
  type StripeEvent,
  secondsSinceCreation,
} from './mapping.ts';

/** Payouts to bank accounts and debit cards. */
export const PAYOUT_EVENTS: Readonly<Record<EventTypeOf<'payout'>, Handling>> = {
  'payout.canceled': { records: ['payout.canceled'], map: canceled },
  'payout.created': { records: ['payout.created'], map: created },
  'payout.failed': { records: ['payout.failed'], map: failed },
  'payout.paid': { records: ['payout.paid'], map: paid },
  'payout.reconciliation_completed': 'intermediate',
  'payout.updated': 'intermediate',
};

function created(event: StripeEvent): readonly Finding[] {
  return [
    pricedFact('payout.created', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...payout(event) }),
    ),
  ];
}

function paid(event: StripeEvent): readonly Finding[] {
  return [
    pricedFact('payout.paid', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...endedPayout(event) }),
    ),
  ];
}

function failed(event: StripeEvent): readonly Finding[] {
  const code = textOf(event.object, 'failure_code');
  return [
    pricedFact('payout.failed', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...endedPayout(event), code }),
    ),
  ];
}

function canceled(event: StripeEvent): readonly Finding[] {
  return [
    pricedFact('payout.canceled', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...endedPayout(event) }),
    ),
  ];
}

function endedPayout(event: StripeEvent) {
  return { ...payout(event), durationSeconds: secondsSinceCreation(event) } as const;
}

function payout(event: StripeEvent) {
  const method = textOf(event.object, 'method');
  const known = method === undefined || method === 'standard' || method === 'instant';
  return {
    provider: 'stripe',
    id: objectId(event),
    at: event.at,
    method: known ? method : OTHER,
  } as const;
}
