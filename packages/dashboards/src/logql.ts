/** Queries of Loki: business events and log lines. */
import type { Catalogue } from '@moneytrail/catalogue';
import type { LogQuery } from './query.ts';

/** Labels of Loki's streams, as `deploy/loki/loki.yaml` declares them. */
const STREAM = 'service_name=~"$service", deployment_environment_name=~"$environment"';

/** Levels as Loki detects them in every line. */
const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;

/** A level of a log line. */
export type Level = (typeof LEVELS)[number];

/** The first words of the events that carry money. */
export function moneyFamilies({ events }: Catalogue): string[] {
  const names = Object.entries(events).filter(([, { amounts }]) => amounts !== undefined);
  return familiesOf(names.map(([name]) => name));
}

/**
 * The log records of business events of a catalogue, by their names or first words. They can be filtered by the chosen
 * currencies.
 *
 * @example
 * ```ts
 * import { CATALOGUE } from '@moneytrail/catalogue';
 * import { eventLines } from '@moneytrail/dashboards';
 * console.log(eventLines(CATALOGUE, ['refund']).source); // loki
 * ```
 */
export function eventLines(
  { prefix }: Pick<Catalogue, 'prefix'>,
  families: readonly string[],
  where: '' | 'of the chosen currencies' = '',
): LogQuery {
  const names = `${prefix}(${families.join('|')})`.replaceAll('.', '\\.');
  const events = `{${STREAM}, event_name=~${quoted(`${names}(\\..+)?`)}}`;
  return lines(where === '' ? events : `${events} | money_currency=~"$currency"`);
}

/**
 * The log lines of some levels.
 *
 * @example
 * ```ts
 * import { logLines } from '@moneytrail/dashboards';
 * console.log(logLines(['warn', 'error']).expr.endsWith('| detected_level=~"warn|error"')); // true
 * ```
 */
export function logLines(levels: readonly Level[]): LogQuery {
  return lines(`{${STREAM}} | detected_level=~${quoted(levels.join('|'))}`);
}

/**
 * The number of log lines by level, in steps of the chart.
 *
 * @example
 * ```ts
 * import { linesByLevel } from '@moneytrail/dashboards';
 * console.log(linesByLevel().labels[0]?.name); // detected_level
 * ```
 */
export function linesByLevel(): LogQuery {
  const expr = `sum by (detected_level) (count_over_time({${STREAM}}[$__auto]))`;
  return { ...lines(expr), labels: [{ name: 'detected_level', values: LEVELS }] };
}

/**
 * The log lines in which the Collector replaced a secret by a hash.
 *
 * @example
 * ```ts
 * import { maskedLines } from '@moneytrail/dashboards';
 * console.log(maskedLines().expr.includes('redaction_masked_count')); // true
 * ```
 */
export function maskedLines(): LogQuery {
  const counts = ['redaction_masked_count', 'redaction_body_masked_count'];
  return lines(`{${STREAM}} | ${counts.map((count) => `${count}=~".+"`).join(' or ')}`);
}

/**
 * The number of lines of a query, in steps of the chart.
 *
 * @example
 * ```ts
 * import { linesOf, maskedLines } from '@moneytrail/dashboards';
 * console.log(linesOf(maskedLines()).expr.startsWith('sum(count_over_time(')); // true
 * ```
 */
export function linesOf(query: LogQuery): LogQuery {
  return { ...query, expr: `sum(count_over_time(${query.expr} [$__auto]))` };
}

/** The first words of names of events, each once. */
export function familiesOf(events: readonly string[]): string[] {
  return [...new Set(events.map((name) => name.split('.')[0] ?? name))];
}

/** The escapes of strings in LogQL are those of JSON. */
function quoted(value: string): string {
  return JSON.stringify(value);
}

function lines(expr: string): LogQuery {
  return { source: 'loki', expr, unit: '', labels: [] };
}
