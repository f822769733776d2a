// Payouts to bank accounts and debit cards.
import { OTHER } from '@moneytrail/catalogue';
import { type Json, numberOf, textOf } from '../../json.ts';
import { event, type MappedEvent } from '../../mapped-event.ts';
import { amountOf, moneyOf, objectId, type StripeEvent, secondsSinceCreation } from '../objects.ts';
import type { EventTypeOf, StripeHandling } from './handling.ts';

type PayoutEvent = 'payout.created' | 'payout.paid' | 'payout.failed' | 'payout.canceled';

const ENDED = ['payout.paid', 'payout.failed', 'payout.canceled'] as const;

const EVENT_BY_STATUS: ReadonlyMap<string, PayoutEvent> = new Map<string, PayoutEvent>([
  ['paid', 'payout.paid'],
  ['failed', 'payout.failed'],
  ['canceled', 'payout.canceled'],
]);

/** Types of payouts. */
export const PAYOUT_EVENTS: Readonly<Record<EventTypeOf<'payout'>, StripeHandling>> = {
  'payout.canceled': { records: ['payout.canceled', 'payout.paid'], map: payoutCanceled },
  'payout.created': { records: ['payout.created'], map: payoutCreated },
  'payout.failed': { records: ['payout.failed', 'payout.paid'], map: payoutFailed },
  'payout.paid': { records: ['payout.paid', 'payout.reversed'], map: payoutPaid },
  'payout.reconciliation_completed': 'intermediate',
  'payout.updated': { records: ENDED, map: updated },
};

/** A payout began. One that takes an earlier payout back is recorded when it is paid. */
export function payoutCreated(source: StripeEvent): readonly MappedEvent[] {
  return isReversal(source.object) ? [] : [payoutEvent('payout.created', source)];
}

/** A payout arrived, or one that takes an earlier payout back did. */
export function payoutPaid(source: StripeEvent): readonly MappedEvent[] {
  return isReversal(source.object) ? [reversed(source)] : [payoutEvent('payout.paid', source)];
}

/** A payout failed, perhaps after it had arrived. */
export function payoutFailed(source: StripeEvent): readonly MappedEvent[] {
  return ended('payout.failed', source);
}

/** A payout was withdrawn. */
export function payoutCanceled(source: StripeEvent): readonly MappedEvent[] {
  return ended('payout.canceled', source);
}

/** Most updates are of metadata. Only a change of the status says how the payout ended. */
function updated(source: StripeEvent): readonly MappedEvent[] {
  const name = EVENT_BY_STATUS.get(textOf(source.object, 'status') ?? '');
  if (name === undefined || textOf(source.previous, 'status') === undefined) return [];
  return name === 'payout.paid' ? payoutPaid(source) : ended(name, source);
}

/** A payout that had arrived and did not stay is both. */
function ended(name: PayoutEvent, source: StripeEvent): readonly MappedEvent[] {
  if (isReversal(source.object)) return [];
  const hadArrived = source.previous['status'] === 'paid';
  return [...(hadArrived ? [payoutEvent('payout.paid', source)] : []), payoutEvent(name, source)];
}

function payoutEvent(name: PayoutEvent, source: StripeEvent): MappedEvent {
  const isEnd = name !== 'payout.created';
  return event(name, {
    id: objectId(source),
    amount: amountOf(source.object, 'amount'),
    method: methodOf(source.object),
    durationSeconds: isEnd ? secondsSinceCreation(source) : undefined,
    code: name === 'payout.failed' ? textOf(source.object, 'failure_code') : undefined,
  });
}

/** A payout of a negative amount that names the one whose money it brings back. */
function isReversal(payout: Json): boolean {
  return textOf(payout, 'original_payout') !== undefined;
}

function reversed({ object: payout }: StripeEvent): MappedEvent {
  const amount = Math.abs(numberOf(payout, 'amount') ?? Number.NaN);
  return event('payout.reversed', {
    id: textOf(payout, 'original_payout'),
    amount: moneyOf(amount, payout['currency']),
    method: methodOf(payout),
  });
}

function methodOf(payout: Json): 'standard' | 'instant' | typeof OTHER | undefined {
  const method = textOf(payout, 'method');
  const known = method === undefined || method === 'standard' || method === 'instant';
  return known ? method : OTHER;
}
