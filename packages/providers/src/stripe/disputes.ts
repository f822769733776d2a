import { type AttributeValue, OTHER } from '@moneytrail/catalogue';
import { defined } from '../defined.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { referenceOf, textOf } from './json.ts';
import {
  amountOf,
  type Finding,
  isWordOf,
  objectId,
  pricedFact,
  type StripeEvent,
} from './mapping.ts';

type Stage = AttributeValue<'dispute.stage'>;

const CLOSED_STAGES = new Map<string, Stage>([
  ['won', 'won'],
  ['lost', 'lost'],
  ['warning_closed', 'inquiry_closed'],
]);

/** Disputes; what the bank moves on the way is in the balance, not in the dispute. */
export const DISPUTE_EVENTS: Readonly<Record<EventTypeOf<'charge.dispute'>, Handling>> = {
  'charge.dispute.closed': { records: ['dispute.closed'], map: closed },
  'charge.dispute.created': { records: ['dispute.opened'], map: opened },
  'charge.dispute.funds_reinstated': 'counted_elsewhere',
  'charge.dispute.funds_withdrawn': 'counted_elsewhere',
  'charge.dispute.updated': { records: ['dispute.escalated'], map: escalated },
};

function opened(event: StripeEvent): readonly Finding[] {
  const status = textOf(event.object, 'status');
  const stage = openStage(status);
  return [
    pricedFact('dispute.opened', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...dispute(event), stage }),
    ),
  ];
}

/** Most updates are evidence. Only the step from an inquiry to a formal dispute is a fact of its own. */
function escalated(event: StripeEvent): readonly Finding[] {
  const before = textOf(event.previous, 'status');
  const now = textOf(event.object, 'status');
  if (openStage(before) !== 'inquiry' || openStage(now) !== 'opened') return [];
  return [
    pricedFact('dispute.escalated', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...dispute(event) }),
    ),
  ];
}

function closed(event: StripeEvent): readonly Finding[] {
  const stage = CLOSED_STAGES.get(textOf(event.object, 'status') ?? '') ?? OTHER;
  return [
    pricedFact('dispute.closed', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...dispute(event), stage }),
    ),
  ];
}

/** A dispute that was prevented before it began is neither an inquiry nor open. */
function openStage(status: string | undefined): Stage {
  if (status === undefined || status === 'prevented') return OTHER;
  return status.startsWith('warning_') ? 'inquiry' : 'opened';
}

function dispute(event: StripeEvent) {
  const reason = textOf(event.object, 'reason');
  return {
    provider: 'stripe',
    id: objectId(event),
    at: event.at,
    payment: referenceOf(event.object, 'payment_intent') ?? referenceOf(event.object, 'charge'),
    reason: reason === undefined || isWordOf('dispute.reason', reason) ? reason : OTHER,
  } as const;
}
