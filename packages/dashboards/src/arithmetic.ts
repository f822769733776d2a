// What queries are to each other: shares, differences, what stands in for nothing.
import type { Query } from './query.ts';

/**
 * One query as a share of another with the same labels: none while there is nothing to share, and zero, not none, while
 * only the part is missing.
 *
 * @example
 * ```ts
 * import { metric, rate, ratio } from '@moneytrail/dashboards';
 * const ended = metric('payment.outcomes');
 * const paid = rate('minute', ended, [], { 'payment.outcome': 'succeeded' });
 * console.log(ratio(paid, rate('minute', ended, [])).unit); // percentunit
 * ```
 */
export function ratio(part: Query, whole: Query): Query {
  const expr = `(${part.expr} or 0 * ${whole.expr}) / (${whole.expr} > 0)`;
  return { source: 'prometheus', expr, unit: 'percentunit', labels: whole.labels };
}

/**
 * A query without its series of zero: what did not happen needs no line in a table.
 *
 * @example
 * ```ts
 * import { metric, something, total } from '@moneytrail/dashboards';
 * console.log(something(total(metric('transfers'), ['transfer.status'])).expr.endsWith('> 0')); // true
 * ```
 */
export function something(query: Query): Query {
  return { ...query, expr: `${query.expr} > 0` };
}

/**
 * What one query says less what another says came back of it, without series of zero. It is below zero where more came back in the time
 * shown than went out in it.
 *
 * @example
 * ```ts
 * import { metric, net, total } from '@moneytrail/dashboards';
 * const arrived = total(metric('payout.volume'), ['money.currency']);
 * const returned = total(metric('payout.returned.volume'), ['money.currency']);
 * console.log(net(arrived, returned).unit); // locale
 * ```
 */
export function net(query: Query, back: Query): Query {
  const [gone, returned] = [query.expr, back.expr];
  const expr = `(${gone} or 0 * ${returned}) - (${returned} or 0 * ${gone}) != 0`;
  return { ...query, expr };
}

/**
 * A query that is zero, not nothing, as long as `witness` has data: for what is told only when it happens.
 *
 * @example
 * ```ts
 * import { metric, orZero, rate } from '@moneytrail/dashboards';
 * const refused = rate('minute', metric('business_events.dropped'), []);
 * console.log(orZero(refused, rate('minute', metric('business_events'), [])).unit); // cpm
 * ```
 */
export function orZero(query: Query, witness: Query): Query {
  return { ...query, expr: `${query.expr} or 0 * ${witness.expr}` };
}
