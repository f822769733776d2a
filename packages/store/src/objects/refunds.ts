// The refunded amount of a payment, from its refund objects and from the reports of the payment itself.
import { settled } from '../catalogue.ts';
import { asText } from '../otlp/read.ts';
import type { FoldedEvent } from './event.ts';

/** Refunds that reached the payer and were not reversed, in the currency of the payment. */
export function refunded(events: readonly FoldedEvent[], currency: string | undefined): bigint {
  const own = events.filter(({ event }) => event.startsWith('refund.'));
  const reports = own.filter(
    ({ event, attributes }) =>
      event === 'refund.reported' && attributes['money.currency'] === currency,
  );
  const named = own.filter((event) => event.currency === currency);
  const groups = Map.groupBy(
    named,
    (event) => asText(event.attributes['refund.id']) || event.event_id,
  );
  const sums = { done: 0n, undone: 0n, onlyUndone: 0n };
  for (const group of groups.values()) addRefund(sums, group);
  const { done, undone } = settled({ ...sums, reported: reportedIn(reports) });
  return done - undone;
}

function addRefund(
  sums: { done: bigint; undone: bigint; onlyUndone: bigint },
  group: readonly FoldedEvent[],
): void {
  const done = group.find(({ event }) => event === 'refund.succeeded');
  const undone = group.find(
    ({ event }) => event === 'refund.failed' || event === 'refund.canceled',
  );
  if (done) sums.done += minorOf(done);
  if (done && undone) sums.undone += minorOf(done);
  else if (undone) sums.onlyUndone += minorOf(undone);
}

/** The sum of the increments in the reports; without increments, the greatest total that a report contains. */
function reportedIn(reports: readonly FoldedEvent[]): bigint {
  const sums = reports.map(({ attributes }) => ({
    total: wholeNumber(attributes['refund.total_minor']) ?? 0n,
    before: wholeNumber(attributes['refund.before_minor']),
  }));
  const added = sums.reduce(
    (sum, { total, before = total }) => sum + greater(total - before, 0n),
    0n,
  );
  return sums
    .filter(({ before }) => before === undefined)
    .reduce((highest, { total }) => greater(highest, total), added);
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function wholeNumber(value: unknown): bigint | undefined {
  return Number.isSafeInteger(value) ? BigInt(Number(value)) : undefined;
}

function minorOf({ amount_minor }: FoldedEvent): bigint {
  return BigInt(amount_minor ?? 0);
}
