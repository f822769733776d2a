/** Links from panels to Grafana's Explore. */
import { reference, sourceRef } from './variables.ts';

/** A link of a panel. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

/**
 * Grafana's Explore with the lines of a LogQL query, in the time range of the board.
 *
 * @example
 * ```ts
 * import { CATALOGUE } from '@moneytrail/catalogue';
 * import { eventLines, logsLink } from '@moneytrail/dashboards';
 * console.log(logsLink('Refunds', eventLines(CATALOGUE, ['refund'])).title); // Refunds
 * ```
 */
export function logsLink(title: string, { expr }: { readonly expr: string }): Link {
  // The format `pipe` of a variable with several values needs no escaping inside JSON.
  const piped = expr.replaceAll(/\$(\w+)/g, (_, name) => reference(`${name}:pipe`));
  return { title, url: explore('loki', { expr: piped, queryType: 'range' }) };
}

/**
 * Grafana's Explore with the traces of the chosen service, in the time range of the board.
 *
 * @example
 * ```ts
 * import { tracesLink } from '@moneytrail/dashboards';
 * console.log(tracesLink('Failed traces', { error: 'true' }).url.startsWith('/explore?')); // true
 * ```
 */
export function tracesLink(title: string, tags: Readonly<Record<string, string>> = {}): Link {
  const pairs = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  const query = {
    queryType: 'search',
    service: reference('service'),
    tags: pairs.join(' '),
    limit: 20,
  };
  return { title, url: explore('jaeger', query) };
}

function explore(type: 'loki' | 'jaeger', query: object): string {
  const datasource = sourceRef(type);
  const panes = {
    a: {
      datasource: datasource.uid,
      queries: [{ refId: 'A', datasource, ...query }],
      range: { from: reference('__from'), to: reference('__to') },
    },
  };
  return `/explore?schemaVersion=1&orgId=1&panes=${encoded(JSON.stringify(panes))}`;
}

/** Percent-encodes a text, except for the references that Grafana replaces. */
function encoded(text: string): string {
  return text
    .split(/(\$\{[^}]+\})/)
    .map((part, at) => (at % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');
}
