/** Reads boards and replaces their variables like Grafana. */
import { readFileSync } from 'node:fs';
import { field, list, text } from '../../support/read-json.ts';

/** One query of a panel of a board. */
export interface BoardQuery {
  readonly panel: string;
  readonly refId: string;
  readonly source: string;
  readonly expr: string;
  readonly instant: boolean;
  readonly exemplar: boolean;
}

/** A link of a panel: its data source and the query that Explore would show. */
export interface BoardLink {
  readonly panel: string;
  readonly title: string;
  readonly source: string;
  readonly query: unknown;
}

/** A variable of a board: `label_values(metric, label)`. */
export interface BoardChoice {
  readonly name: string;
  readonly metric: string;
  readonly label: string;
}

/** A board as it is provisioned. */
export interface ReadBoard {
  readonly queries: readonly BoardQuery[];
  readonly links: readonly BoardLink[];
  readonly choices: readonly BoardChoice[];
}

/** Reads a generated board. */
export function readBoard(name: string): ReadBoard {
  const board: unknown = JSON.parse(
    readFileSync(`deploy/generated/dashboards/${name}.json`, 'utf8'),
  );
  const panels = list(board, 'panels');
  return {
    queries: panels.flatMap(queriesOf),
    links: panels.flatMap(linksOf),
    choices: list(field(board, 'templating'), 'list').flatMap(choicesOf),
  };
}

/** Replaces variables with selected and computed values; longer names first, because one may be the prefix of another. */
export function interpolated(query: string, values: Readonly<Record<string, string>>): string {
  return query.replaceAll(/\$\{(\w+)(?::\w+)?\}|\$(\w+)/g, (whole, braced, plain) => {
    const value = values[braced ?? plain];
    if (value === undefined) throw new Error(`${whole} in ${query} has no value`);
    return value;
  });
}

function queriesOf(panel: unknown): BoardQuery[] {
  return list(panel, 'targets').map((target) => ({
    panel: text(panel, 'title'),
    refId: text(target, 'refId'),
    source: text(field(target, 'datasource'), 'type'),
    expr: text(target, 'expr'),
    instant: field(target, 'instant') === true,
    exemplar: field(target, 'exemplar') === true,
  }));
}

function linksOf(panel: unknown): BoardLink[] {
  const links = list(field(field(panel, 'fieldConfig'), 'defaults'), 'links');
  return links.map((link) => {
    const panes = new URL(text(link, 'url'), 'http://grafana').searchParams.get('panes') ?? '';
    const [query] = list(field(JSON.parse(panes), 'a'), 'queries');
    const source = text(field(query, 'datasource'), 'type');
    return { panel: text(panel, 'title'), title: text(link, 'title'), source, query };
  });
}

function choicesOf(variable: unknown): BoardChoice[] {
  const [, metric, label] = /^label_values\((\w+), (\w+)\)$/.exec(text(variable, 'query')) ?? [];
  if (metric === undefined || label === undefined) return [];
  return [{ name: text(variable, 'name'), metric, label }];
}
