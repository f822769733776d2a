/** Queries made from two queries, or from one and a condition. */
import { binary } from './expression.ts';
import type { Query } from './query.ts';

/**
 * One query as a share of another with the same labels. It has no value while the whole is zero, and it is zero while only the part
 * is missing.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, metric, rate, ratio } from '@moneytrail/promql';
 * const calls = metric(EXTERNAL_METRICS, 'traces.span.metrics.calls');
 * const failed = rate(calls, { where: { 'status.code': 'STATUS_CODE_ERROR' } });
 * console.log(ratio(failed, rate(calls)).unit); // 1
 * ```
 */
export function ratio(part: Query, whole: Query): Query {
  const expression = binary(zeroLike(part, whole), '/', binary(whole.expression, '>', 0));
  return { expression, unit: '1', labels: whole.labels };
}

/**
 * A query without its series that are zero.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, latest, metric, nonZero, text } from '@moneytrail/promql';
 * const waiting = metric(EXTERNAL_METRICS, 'db.client.connection.pending_requests');
 * console.log(text(nonZero(latest(waiting)), '5m')); // sum(db_client_connection_pending_requests{}) > 0
 * ```
 */
export function nonZero(query: Query): Query {
  return { ...query, expression: binary(query.expression, '>', 0) };
}

/**
 * One query minus the returned part, without series that are zero. A missing query counts as zero while the other one has data.
 * The result is negative if more was returned in the period than was counted in it.
 *
 * @example
 * ```ts
 * import { metric, net, total } from '@moneytrail/promql';
 * const shop = {
 *   prefix: 'shop.',
 *   instruments: {
 *     'voucher.volume': { kind: 'counter', unit: '{currency_unit}', attributes: ['money.currency'] },
 *     'voucher.returned.volume': { kind: 'counter', unit: '{currency_unit}', attributes: ['money.currency'] },
 *   },
 * } as const;
 * const sold = total(metric(shop, 'voucher.volume'), { by: ['money.currency'] });
 * const returned = total(metric(shop, 'voucher.returned.volume'), { by: ['money.currency'] });
 * console.log(net(sold, returned).unit); // {currency_unit}
 * ```
 */
export function net(query: Query, back: Query): Query {
  const { expression } = difference(query, back);
  return { ...query, expression: binary(expression, '!=', 0) };
}

/**
 * A query that is zero while it has no data and `witness` has: for a counter whose series appear with their first value.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, latest, metric, orZero } from '@moneytrail/promql';
 * const waiting = latest(metric(EXTERNAL_METRICS, 'db.client.connection.pending_requests'));
 * const open = latest(metric(EXTERNAL_METRICS, 'db.client.connection.count'));
 * console.log(orZero(waiting, open).unit); // {request}
 * ```
 */
export function orZero(query: Query, witness: Query): Query {
  return { ...query, expression: zeroLike(query, witness) };
}

/**
 * One query minus another. A missing query counts as zero while the other one has data.
 *
 * @example
 * ```ts
 * import { difference, EXTERNAL_METRICS, latest, metric } from '@moneytrail/promql';
 * const connections = latest(metric(EXTERNAL_METRICS, 'db.client.connection.count'));
 * const waiting = latest(metric(EXTERNAL_METRICS, 'db.client.connection.pending_requests'));
 * console.log(difference(connections, waiting).labels); // []
 * ```
 */
export function difference(query: Query, subtracted: Query): Query {
  const left = zeroLike(query, subtracted);
  return { ...query, expression: binary(left, '-', zeroLike(subtracted, query)) };
}

function zeroLike(query: Query, witness: Query) {
  return binary(query.expression, 'or', binary(0, '*', witness.expression));
}
