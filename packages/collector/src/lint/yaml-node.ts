/** YAML as rules read it: with line numbers, resolved anchors and merge keys, and substituted variables. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import { type Scalar, substitute, type Variables } from './variables.ts';

/** A value of the file. Exactly one of `value`, `entries` and `items` is set. */
export interface YamlNode {
  /** 1-based line of the key, or else of the value. */
  readonly line: number;
  readonly value?: Scalar;
  /** The scalar as written, before variables are substituted. */
  readonly written?: string;
  /** Start and end of the scalar in its text. */
  readonly span?: readonly [start: number, end: number];
  readonly entries?: ReadonlyMap<string, YamlNode>;
  readonly items?: readonly YamlNode[];
  /** Number of values below and including this one. Anchors count at each use, so a few lines can amount to millions. */
  readonly size: number;
}

/** Maximum number of values, more than any Collector needs. Anchors that multiply exceed it quickly. */
const MAX_VALUES = 100_000;

/** The 1-based line of the file for an offset of the text. */
export type LineAt = (offset: number) => number;

interface Builder {
  readonly document: Document.Parsed;
  readonly lineAt: LineAt;
  readonly variables: Variables;
  /** Nodes by anchor, so that each is built once. */
  readonly anchors: Map<unknown, YamlNode | 'under construction'>;
}

/**
 * The reason why a document that parses has no values: an anchor is missing, contains itself or multiplies, or a template
 * placeholder is in the place of a value.
 */
export class ValueProblem extends Error {
  readonly line: number;
  readonly kind: 'anchor' | 'template';

  constructor(message: string, line: number, kind: ValueProblem['kind'] = 'anchor') {
    super(message);
    this.name = 'ValueProblem';
    this.line = line;
    this.kind = kind;
  }
}

/** Builds the tree of one document. Throws a `ValueProblem`. */
export function yamlNode(
  document: Document.Parsed,
  lineAt: LineAt,
  variables: Variables,
): YamlNode {
  return build(document.contents, { document, lineAt, variables, anchors: new Map() });
}

function build(node: unknown, builder: Builder): YamlNode {
  if (isAlias(node)) {
    const target = node.resolve(builder.document);
    if (target === undefined)
      throw new ValueProblem(`the anchor &${node.source} does not exist`, lineOf(node, builder));
    return build(target, builder);
  }
  const known = builder.anchors.get(node);
  if (known === 'under construction')
    throw new ValueProblem('an anchor contains itself', lineOf(node, builder));
  if (known !== undefined) return known;
  builder.anchors.set(node, 'under construction');
  const built = buildNew(node, builder);
  if (built.size > MAX_VALUES)
    throw new ValueProblem(`it has more than ${MAX_VALUES} values`, built.line);
  builder.anchors.set(node, built);
  return built;
}

function lineOf(node: unknown, { lineAt }: Builder): number {
  return lineAt(isNode(node) ? (node.range?.[0] ?? 0) : 0);
}

function buildNew(node: unknown, builder: Builder): YamlNode {
  if (isMap<ParsedNode, ParsedNode | null>(node)) return buildMap(node, builder);
  if (isSeq<ParsedNode>(node)) {
    const items = node.items.map((item) => ({
      ...build(item, builder),
      line: lineOf(item, builder),
    }));
    return { line: lineOf(node, builder), items, size: sizeOf(items) };
  }
  if (!isScalar(node)) return { line: 1, value: null, size: 1 };
  const written = typeof node.value === 'string' ? node.value : (node.source ?? '');
  const value = substitute(node.value, builder.variables);
  const [start = 0, end = start] = node.range ?? [];
  return { line: lineOf(node, builder), value, written, span: [start, end], size: 1 };
}

function buildMap(map: YAMLMap<ParsedNode, ParsedNode | null>, builder: Builder): YamlNode {
  const entries = new Map<string, YamlNode>();
  const merged: YamlNode[] = [];
  for (const { key, value } of map.items) {
    const name = nameOf(key, builder);
    const line = lineOf(key, builder);
    const node = value === null ? { line, value, size: 1 } : { ...build(value, builder), line };
    if (name === '<<') merged.push(...(node.items ?? [node]));
    else entries.set(name, node);
  }
  mergeInto(entries, merged);
  return { line: lineOf(map, builder), entries, size: sizeOf([...entries.values()]) };
}

function nameOf(key: ParsedNode, builder: Builder): string {
  if (isScalar(key)) return String(key.value);
  // `{{ name }}` parses as a map that is the key of a map, which only a template can mean.
  if (isMap(key)) throw new ValueProblem('a placeholder', lineOf(key, builder), 'template');
  return String(key);
}

/** Merges maps: own entries have precedence over merged ones, and the first merged map over the others. */
function mergeInto(entries: Map<string, YamlNode>, merged: readonly YamlNode[]): void {
  for (const [name, node] of merged.flatMap(({ entries: inner }) => [...(inner ?? [])])) {
    if (!entries.has(name)) entries.set(name, node);
  }
}

function sizeOf(nodes: readonly YamlNode[]): number {
  return nodes.reduce((sum, { size }) => sum + size, 1);
}
