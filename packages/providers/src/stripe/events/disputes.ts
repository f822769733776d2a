// Disputes. What the bank moves on the way is in the balance, not in the dispute.
import { type AttributeValue, OTHER } from '@moneytrail/catalogue';
import { textOf } from '../../json.ts';
import { event, type MappedEvent } from '../../mapped-event.ts';
import { isValueOf } from '../../values.ts';
import { amountOf, objectId, paymentOf, type StripeEvent } from '../objects.ts';
import { CLOSED_STAGES } from '../words.ts';
import type { EventTypeOf, StripeHandling } from './handling.ts';

type Stage = AttributeValue<'dispute.stage'>;

/** Types of disputes. */
export const DISPUTE_EVENTS: Readonly<Record<EventTypeOf<'charge.dispute'>, StripeHandling>> = {
  'charge.dispute.closed': { records: ['dispute.closed'], map: closed },
  'charge.dispute.created': { records: ['dispute.opened'], map: opened },
  'charge.dispute.funds_reinstated': 'counted_elsewhere',
  'charge.dispute.funds_withdrawn': 'counted_elsewhere',
  'charge.dispute.updated': { records: ['dispute.escalated'], map: escalated },
};

function opened(source: StripeEvent): readonly MappedEvent[] {
  const stage = openStage(textOf(source.object, 'status'));
  return [event('dispute.opened', { ...dispute(source), stage })];
}

/** Most updates are evidence. Only the step from an inquiry to a formal dispute is recorded. */
function escalated(source: StripeEvent): readonly MappedEvent[] {
  const before = textOf(source.previous, 'status');
  const now = textOf(source.object, 'status');
  if (openStage(before) !== 'inquiry' || openStage(now) !== 'opened') return [];
  return [event('dispute.escalated', dispute(source))];
}

function closed(source: StripeEvent): readonly MappedEvent[] {
  const stage = CLOSED_STAGES.get(textOf(source.object, 'status') ?? '') ?? OTHER;
  return [event('dispute.closed', { ...dispute(source), stage })];
}

/** A dispute that was prevented before it began is neither an inquiry nor open. */
function openStage(status: string | undefined): Stage {
  if (status === undefined || status === 'prevented') return OTHER;
  return status.startsWith('warning_') ? 'inquiry' : 'opened';
}

function dispute(source: StripeEvent) {
  const { object } = source;
  const reason = textOf(object, 'reason');
  return {
    id: objectId(source),
    amount: amountOf(object, 'amount'),
    payment: paymentOf(object),
    reason: reason === undefined || isValueOf('dispute.reason', reason) ? reason : OTHER,
  };
}
