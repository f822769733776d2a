/** The expression tree of a query: the part of PromQL that the builders use. */

/** A duration as PromQL writes it, such as `5m`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/**
 * The time that a range covers: a fixed duration, or a window that `text` fills in. `interval` is a short sliding window, as a
 * rate needs it; `period` is the whole time that a reader looks at.
 */
export type Window = 'interval' | 'period' | Duration;

/** A condition on a label. */
export interface Matcher {
  /** Name in Prometheus. */
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** Reads series. */
export interface Selector {
  readonly kind: 'selector';
  /** Name in Prometheus. */
  readonly series: string;
  readonly matchers: readonly Matcher[];
  /** The attributes that the series have, as OpenTelemetry names them. */
  readonly attributes: readonly string[];
  /** Makes it a range vector. */
  readonly range?: Window;
  readonly offset?: Window;
}

/** Calls a function. */
export interface Call {
  readonly kind: 'call';
  readonly function: string;
  readonly arguments: readonly Expression[];
}

/** Aggregates series. */
export interface Aggregation {
  readonly kind: 'aggregation';
  readonly operator: 'sum' | 'max';
  /** Names in Prometheus of the labels that are kept. */
  readonly by: readonly string[];
  readonly of: Expression;
}

/** Combines two expressions. */
export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** An operator between two expressions. */
export type BinaryOperator =
  | 'or'
  | 'and'
  | 'unless'
  | '=='
  | '!='
  | '>'
  | '>='
  | '<'
  | '<='
  | '+'
  | '-'
  | '*'
  | '/';

/** An expression of PromQL. A number is a literal. */
export type Expression = number | Selector | Call | Aggregation | Binary;

/** Combines two expressions. */
export function binary(left: Expression, operator: BinaryOperator, right: Expression): Binary {
  return { kind: 'binary', operator, left, right };
}

/** Calls a function. */
export function call(name: string, ...args: readonly Expression[]): Call {
  return { kind: 'call', function: name, arguments: args };
}

/**
 * Replaces every selector of an expression, for example to add a matcher.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, latest, mapSelectors, metric, text } from '@moneytrail/promql';
 * const used = latest(metric(EXTERNAL_METRICS, 'v8js.memory.heap.used'));
 * const expression = mapSelectors(used.expression, (selector) => ({
 *   ...selector,
 *   matchers: [{ label: 'service_name', operator: '=', value: 'checkout' }, ...selector.matchers],
 * }));
 * console.log(text({ expression }, '5m')); // sum(v8js_memory_heap_used_bytes{service_name="checkout"})
 * ```
 */
export function mapSelectors(
  expression: Expression,
  change: (selector: Selector) => Selector,
): Expression {
  if (typeof expression === 'number') return expression;
  const mapped = (one: Expression): Expression => mapSelectors(one, change);
  switch (expression.kind) {
    case 'selector':
      return change(expression);
    case 'call':
      return { ...expression, arguments: expression.arguments.map(mapped) };
    case 'aggregation':
      return { ...expression, of: mapped(expression.of) };
    case 'binary':
      return { ...expression, left: mapped(expression.left), right: mapped(expression.right) };
  }
}
