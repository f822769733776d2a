import { OTHER } from '@moneytrail/catalogue';
import { defined } from '../defined.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { type Json, numberOf, textOf } from './json.ts';
import {
  amountOf,
  type Finding,
  moneyOf,
  objectId,
  pricedFact,
  type StripeEvent,
  secondsSinceCreation,
} from './mapping.ts';

type PayoutFact = 'payout.created' | 'payout.paid' | 'payout.failed' | 'payout.canceled';

const ENDED = ['payout.paid', 'payout.failed', 'payout.canceled'] as const;

const FACT_BY_STATUS: ReadonlyMap<string, PayoutFact> = new Map<string, PayoutFact>([
  ['paid', 'payout.paid'],
  ['failed', 'payout.failed'],
  ['canceled', 'payout.canceled'],
]);

/** Payouts to bank accounts and debit cards. */
export const PAYOUT_EVENTS: Readonly<Record<EventTypeOf<'payout'>, Handling>> = {
  'payout.canceled': { records: ['payout.canceled', 'payout.paid'], map: payoutCanceled },
  'payout.created': { records: ['payout.created'], map: payoutCreated },
  'payout.failed': { records: ['payout.failed', 'payout.paid'], map: payoutFailed },
  'payout.paid': { records: ['payout.paid', 'payout.reversed'], map: payoutPaid },
  'payout.reconciliation_completed': 'intermediate',
  'payout.updated': { records: ENDED, map: updated },
};

/** A payout was begun. One that takes an earlier payout back says so when it is paid. */
export function payoutCreated(event: StripeEvent): readonly Finding[] {
  return isReversal(event.object) ? [] : [payoutFact('payout.created', event)];
}

/** A payout arrived, or one that takes an earlier payout back did. */
export function payoutPaid(event: StripeEvent): readonly Finding[] {
  return isReversal(event.object) ? [reversed(event)] : [payoutFact('payout.paid', event)];
}

/** A payout failed, perhaps after it had arrived. */
export function payoutFailed(event: StripeEvent): readonly Finding[] {
  return ended('payout.failed', event);
}

/** A payout was withdrawn. */
export function payoutCanceled(event: StripeEvent): readonly Finding[] {
  return ended('payout.canceled', event);
}

/** Most updates are of metadata. Only a change of the status says how the payout ended. */
function updated(event: StripeEvent): readonly Finding[] {
  const name = FACT_BY_STATUS.get(textOf(event.object, 'status') ?? '');
  if (name === undefined || textOf(event.previous, 'status') === undefined) return [];
  return name === 'payout.paid' ? payoutPaid(event) : ended(name, event);
}

/** A payout that had arrived and did not stay is both. */
function ended(name: PayoutFact, event: StripeEvent): readonly Finding[] {
  if (isReversal(event.object)) return [];
  const hadArrived = event.previous['status'] === 'paid';
  return [...(hadArrived ? [payoutFact('payout.paid', event)] : []), payoutFact(name, event)];
}

function payoutFact(name: PayoutFact, event: StripeEvent): Finding {
  const isEnd = name !== 'payout.created';
  return pricedFact(name, amountOf(event.object, 'amount'), (priced) =>
    defined({
      ...priced,
      provider: 'stripe',
      id: objectId(event),
      at: event.at,
      method: methodOf(event.object),
      durationSeconds: isEnd ? secondsSinceCreation(event) : undefined,
      code: name === 'payout.failed' ? textOf(event.object, 'failure_code') : undefined,
    }),
  );
}

/** A payout of a negative amount that names the one whose money it brings back. */
function isReversal(payout: Json): boolean {
  return textOf(payout, 'original_payout') !== undefined;
}

function reversed({ object: payout, at }: StripeEvent): Finding {
  const amount = Math.abs(numberOf(payout, 'amount') ?? Number.NaN);
  return pricedFact('payout.reversed', moneyOf(amount, payout['currency']), (priced) =>
    defined({
      ...priced,
      provider: 'stripe',
      id: textOf(payout, 'original_payout'),
      at,
      method: methodOf(payout),
    }),
  );
}

function methodOf(payout: Json): 'standard' | 'instant' | typeof OTHER | undefined {
  const method = textOf(payout, 'method');
  const known = method === undefined || method === 'standard' || method === 'instant';
  return known ? method : OTHER;
}
