/** Prints expression trees as PromQL. */
import { withOptions } from '@moneytrail/catalogue';
import { checkDuration } from './check.ts';
import type {
  Binary,
  BinaryOperator,
  Expression,
  Matcher,
  Selector,
  Window,
} from './expression.ts';

/** The values of the two windows of a query: durations, or variables that a tool replaces. */
export interface Windows {
  readonly interval: string;
  readonly period: string;
}

/**
 * A query as PromQL. `window` takes the place of both windows, or each has its own.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, measurementsOf, metric, rate, text } from '@moneytrail/promql';
 * const requests = measurementsOf(metric(EXTERNAL_METRICS, 'http.server.request.duration'));
 * console.log(text(rate(requests), '5m'));
 * // sum(rate(http_server_request_duration_seconds_count{}[5m]))
 * ```
 */
export function text(
  { expression }: { readonly expression: Expression },
  window: string | Windows,
): string {
  const windows = typeof window === 'string' ? { interval: window, period: window } : window;
  return withOptions('text', windows, (given) => printed(expression, given));
}

/** From loose to tight. Operators of one level associate to the left. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and', 'unless'],
  ['==', '!=', '>', '>=', '<', '<='],
  ['+', '-'],
  ['*', '/'],
];
const FIRST_COMPARISON = 2;

function printed(expression: Expression, windows: Windows): string {
  if (typeof expression === 'number') return String(expression);
  switch (expression.kind) {
    case 'selector':
      return printedSelector(expression, windows);
    case 'call': {
      const args = expression.arguments.map((one) => printed(one, windows));
      return `${expression.function}(${args.join(', ')})`;
    }
    case 'aggregation': {
      const { operator, by, of } = expression;
      const grouping = by.length === 0 ? '' : ` by (${by.join(', ')}) `;
      return `${operator}${grouping}(${printed(of, windows)})`;
    }
    case 'binary':
      return printedBinary(expression, windows);
  }
}

function printedSelector(selector: Selector, windows: Windows): string {
  const { series, matchers, range, offset } = selector;
  const within = range === undefined ? '' : `[${durationOf(range, windows)}]`;
  const before = offset === undefined ? '' : ` offset ${durationOf(offset, windows)}`;
  return `${series}{${matchers.map(printedMatcher).join(', ')}}${within}${before}`;
}

function durationOf(window: Window, windows: Windows): string {
  const duration = window === 'interval' || window === 'period' ? windows[window] : window;
  checkDuration(duration);
  return duration;
}

/** The escapes of strings in PromQL are those of JSON. */
function printedMatcher({ label, operator, value }: Matcher): string {
  return `${label}${operator}${JSON.stringify(value)}`;
}

function printedBinary({ operator, left, right }: Binary, windows: Windows): string {
  const own = levelOf(operator);
  // A set operator is easily misread, so what is left of it always has its parentheses.
  const leftNeeds = own < FIRST_COMPARISON ? LEVELS.length : own;
  const first = enclosed(left, leftNeeds, windows);
  const second = enclosed(right, own + 1, windows);
  return `${first} ${operator} ${second}`;
}

function levelOf(operator: BinaryOperator): number {
  return LEVELS.findIndex((operators) => operators.includes(operator));
}

/** In parentheses when its operator is looser than `least`. */
function enclosed(expression: Expression, least: number, windows: Windows): string {
  const inner = printed(expression, windows);
  const isBinary = typeof expression === 'object' && expression.kind === 'binary';
  return isBinary && levelOf(expression.operator) < least ? `(${inner})` : inner;
}
