import { EVENTS, PREFIX } from '@moneytrail/catalogue';
import type { Query } from './query.ts';
import { quoted } from './selector.ts';

/** Labels of Loki's streams, as `deploy/loki/loki.yaml` declares them. */
const STREAM = 'service_name=~"$service", deployment_environment_name=~"$environment"';

/** First words of the events that carry money. */
export const MONEY_FAMILIES: readonly string[] = [
  ...new Set(
    Object.entries(EVENTS)
      .filter(([, { money }]) => money !== 'none')
      .map(([name]) => name.split('.')[0] ?? name),
  ),
];

/**
 * The log lines of business events, by their names or the first words of them; a label of the event may be filtered by a choice
 * of the board.
 *
 * @example
 * ```ts
 * import { eventLines } from '@moneytrail/dashboards';
 * console.log(eventLines(['refund']).source); // loki
 * ```
 */
export function eventLines(
  families: readonly string[],
  where: '' | 'of the chosen currencies' = '',
): Query {
  const names = `${PREFIX}(${families.join('|')})`.replaceAll('.', '\\.');
  const events = `{${STREAM}, event_name=~${quoted(`${names}(\\..+)?`)}}`;
  const expr = where === '' ? events : `${events} | money_currency=~"$currency"`;
  return { source: 'loki', expr, unit: 'short', labels: [] };
}

/** Levels as Loki finds them in every line. */
export type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/**
 * The log lines of some levels.
 *
 * @example
 * ```ts
 * import { logLines } from '@moneytrail/dashboards';
 * console.log(logLines(['warn', 'error']).expr.endsWith('| detected_level=~"warn|error"')); // true
 * ```
 */
export function logLines(levels: readonly Level[]): Query {
  const expr = `{${STREAM}} | detected_level=~${quoted(levels.join('|'))}`;
  return { source: 'loki', expr, unit: 'short', labels: [] };
}

/**
 * How many log lines there are, by level, in steps of the chart.
 *
 * @example
 * ```ts
 * import { linesByLevel } from '@moneytrail/dashboards';
 * console.log(linesByLevel().labels); // [ 'detected_level' ]
 * ```
 */
export function linesByLevel(): Query {
  const expr = `sum by (detected_level) (count_over_time({${STREAM}}[$__auto]))`;
  return { source: 'loki', expr, unit: 'short', labels: ['detected_level'] };
}

/**
 * The log lines in which the Collector found a secret and put a hash in its place.
 *
 * @example
 * ```ts
 * import { maskedLines } from '@moneytrail/dashboards';
 * console.log(maskedLines().expr.includes('redaction_masked_count')); // true
 * ```
 */
export function maskedLines(): Query {
  const found = ['redaction_masked_count', 'redaction_body_masked_count'];
  const any = found.map((count) => `${count}=~".+"`).join(' or ');
  return { source: 'loki', expr: `{${STREAM}} | ${any}`, unit: 'short', labels: [] };
}

/**
 * How many lines a query gives, in steps of the chart.
 *
 * @example
 * ```ts
 * import { linesOf, maskedLines } from '@moneytrail/dashboards';
 * console.log(linesOf(maskedLines()).expr.startsWith('sum(count_over_time(')); // true
 * ```
 */
export function linesOf(lines: Query): Query {
  return { ...lines, expr: `sum(count_over_time(${lines.expr} [$__auto]))` };
}
