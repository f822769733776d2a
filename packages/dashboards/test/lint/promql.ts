/** What a PromQL query says, by the grammar of Prometheus itself. */
import { parser } from '@prometheus-io/lezer-promql';

type Node = ReturnType<typeof parser.parse>['topNode'];

/** One place where a query reads a metric. */
export interface Reading {
  readonly metric: string;
  /** Filters by label, as they are written: `=~"$service"`. */
  readonly filters: ReadonlyMap<string, string>;
  /** Functions around it, the nearest first. */
  readonly functions: readonly string[];
  /** The range behind it, such as `$__range`. */
  readonly range: string | undefined;
  readonly isOffset: boolean;
  /** Labels of the aggregations around it, the nearest first. */
  readonly groupings: readonly (readonly string[])[];
}

/** The parts of a query that rules check. */
export interface QueryInfo {
  readonly errors: number;
  readonly readings: readonly Reading[];
  /** Divisors, as text. */
  readonly divisors: readonly string[];
}

/** Grafana macros replaced by valid durations, each distinct, so that they are recognized. */
const MACROS = { $__rate_interval: '61s', $__range: '3601s' } as const;

/** Parses a query. */
export function infoOf(query: string): QueryInfo {
  const text = Object.entries(MACROS).reduce((all, [name, as]) => all.replaceAll(name, as), query);
  const read = (node: Node): string => text.slice(node.from, node.to);
  const nodes: Node[] = [];
  parser.parse(text).iterate({ enter: ({ node }) => void nodes.push(node) });
  return {
    errors: nodes.filter(({ type }) => type.isError).length,
    readings: nodes
      .filter(({ name }) => name === 'VectorSelector')
      .map((node) => readingOf(node, read)),
    divisors: nodes
      .filter(({ name, parent }) => name === 'Div' && parent?.name === 'BinaryExpr')
      .map(({ nextSibling }) => (nextSibling ? read(nextSibling) : '')),
  };
}

function readingOf(node: Node, read: (node: Node) => string): Reading {
  const around = ancestors(node);
  const matrix = around.find(({ name }) => name === 'MatrixSelector');
  const range = matrix?.getChild('DurationExpr');
  return {
    metric: read(node.getChild('Identifier') ?? node),
    filters: filtersOf(node, read),
    functions: around
      .flatMap((one) => one.getChild('FunctionIdentifier') ?? [])
      .map((one) => read(one)),
    range: range ? macroOf(read(range)) : undefined,
    isOffset: around[0]?.name === 'OffsetExpr',
    groupings: around
      .filter(({ name }) => name === 'AggregateExpr')
      .map((one) => groupingOf(one, read)),
  };
}

function filtersOf(node: Node, read: (node: Node) => string): Map<string, string> {
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  return new Map(
    matchers.map((matcher) => {
      const label = matcher.getChild('LabelName');
      const name = label ? read(label) : '';
      return [name, read(matcher).slice(name.length)];
    }),
  );
}

function groupingOf(node: Node, read: (node: Node) => string): string[] {
  const labels = node.getChild('AggregateModifier')?.getChild('GroupingLabels');
  return (labels?.getChildren('LabelName') ?? []).map((label) => read(label));
}

function ancestors({ parent }: Node): Node[] {
  return parent ? [parent, ...ancestors(parent)] : [];
}

function macroOf(range: string): string {
  return Object.entries(MACROS).find(([, as]) => as === range)?.[0] ?? range;
}
