/** Where the money of a payment went, and what was deducted afterwards. */
import { LIFECYCLES, rankOf, stateAfter } from '../catalogue.ts';
import type { CommissionRow, EventRow, PaymentRow, PaymentTrail, SplitPart } from './types.ts';

/** Commissions that took nothing from the payment. */
const VOID = new Set(['failed', 'reversed']);

/**
 * Where the money of a succeeded payment went. What was transferred to the creator is known from its events; where no
 * transfer was recorded, the creator's part is what the fee and the commissions leave. `adds_up` says whether the parts
 * are the amount, to the minor unit.
 */
export function split(
  payment: PaymentRow,
  events: readonly EventRow[],
  commissions: readonly CommissionRow[],
): PaymentTrail['split'] {
  const { outcome, amount_minor, currency } = payment;
  if (outcome !== 'succeeded' || amount_minor === undefined) return undefined;
  const total = BigInt(amount_minor);
  const taken = [...feePart(payment), ...commissionParts(commissions, currency)];
  const transfers = transferParts(events, currency);
  const left = total - sum(taken);
  const rest: SplitPart = {
    kind: 'creator',
    amount_minor: left.toString(),
    note: 'remainder after fee and commissions',
  };
  const creator = transfers.length > 0 ? transfers : [rest];
  const parts = [...creator, ...taken];
  const foreign = commissions.some((one) => !VOID.has(one.status) && one.currency !== currency);
  return { parts, adds_up: !foreign && left >= 0n && sum(parts) === total };
}

/** Refunds and disputes of a payment, each once with its current state. */
export function deductions(payment: PaymentRow, events: readonly EventRow[]): SplitPart[] {
  const named = events.filter(({ event }) => event !== 'refund.reported');
  const refunds = deductionsOf('refund', payment, named);
  const disputes = deductionsOf('dispute', payment, named);
  return [...refunds, ...unnamedRefunds(payment, refunds), ...disputes];
}

/** The amount that the payment reports as refunded beyond its refund objects. */
function unnamedRefunds(payment: PaymentRow, refunds: readonly SplitPart[]): SplitPart[] {
  const named = sum(refunds.filter(({ note }) => note === 'succeeded'));
  const left = BigInt(payment.refunded_minor) - named;
  if (left <= 0n) return [];
  return [{ kind: 'refund', amount_minor: left.toString(), note: 'reported by the payment' }];
}

function feePart({ fee_minor }: PaymentRow): SplitPart[] {
  return fee_minor === undefined
    ? []
    : [{ kind: 'fee', amount_minor: fee_minor, note: 'platform fee' }];
}

function commissionParts(
  commissions: readonly CommissionRow[],
  currency: string | undefined,
): SplitPart[] {
  const valid = commissions.filter((one) => !VOID.has(one.status) && one.currency === currency);
  return valid.map((one) => ({
    kind: 'commission',
    ...(one.tier !== undefined && { tier: one.tier }),
    id: one.id,
    amount_minor: one.amount_minor ?? '0',
    note: commissionNote(one),
  }));
}

function commissionNote({ status, payout_id, took_ms }: CommissionRow): string {
  if (status === 'created') return 'pending';
  if (status === 'paid') return payout_id === undefined ? 'paid' : `paid with ${payout_id}`;
  return took_ms === undefined ? status : `${status} in ${Math.round(took_ms)} ms`;
}

function transferParts(events: readonly EventRow[], currency: string | undefined): SplitPart[] {
  const transfers = events.filter(
    (one) => one.event === 'transfer.created' && one.currency === currency,
  );
  return transfers.map((one) => ({
    kind: 'creator',
    ...idOf(one, 'transfer'),
    amount_minor: one.amount_minor ?? '0',
    note: 'transferred',
  }));
}

function deductionsOf(
  kind: 'refund' | 'dispute',
  payment: PaymentRow,
  events: readonly EventRow[],
): SplitPart[] {
  const own = events.filter(
    (one) => one.event.startsWith(`${kind}.`) && one.currency === payment.currency,
  );
  const groups = Map.groupBy(own, (one) => one.attributes[`${kind}.id`] ?? one.id);
  return [...groups.values()].flatMap((group) => {
    const last = group.toSorted(byProgress(kind)).at(-1);
    if (!last) return [];
    return [
      { kind, ...idOf(last, kind), amount_minor: last.amount_minor ?? '0', note: noteOf(last) },
    ];
  });
}

function byProgress(kind: 'refund' | 'dispute'): (a: EventRow, b: EventRow) => number {
  const lifecycle = LIFECYCLES[kind];
  const step = ({ event, attributes }: EventRow): number =>
    rankOf(lifecycle, stateAfter(lifecycle, event, attributes) ?? '');
  return (a, b) => step(a) - step(b) || a.at_ms - b.at_ms || (a.id < b.id ? -1 : 1);
}

/** `closed, won`, `succeeded`, `created`. */
function noteOf({ event, attributes }: EventRow): string {
  const word = event.split('.')[1] ?? event;
  const stage = attributes['dispute.stage'];
  return event === 'dispute.closed' && stage !== undefined ? `${word}, ${String(stage)}` : word;
}

function idOf({ attributes }: EventRow, object: string): { readonly id?: string } {
  const id = attributes[`${object}.id`];
  return id === undefined ? {} : { id: String(id) };
}

function sum(parts: readonly SplitPart[]): bigint {
  return parts.reduce((total, part) => total + BigInt(part.amount_minor), 0n);
}
