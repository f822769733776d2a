/** YAML with line numbers, anchors and merge keys resolved, and variables put in: what the rules look at. */
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

/** A value of the file. Exactly one of `value`, `entries` and `items` is meant. */
export interface YamlNode {
  /** Counted from 1; of the key, where there is one. */
  readonly line: number;
  readonly value?: Scalar;
  /** The scalar as it is written, before variables are put in. */
  readonly written?: string;
  /** Where the scalar begins and ends in the text it was read from. */
  readonly span?: readonly [start: number, end: number];
  readonly entries?: ReadonlyMap<string, YamlNode>;
  readonly items?: readonly YamlNode[];
  /** Values below and including this one, anchors counted at each use: a few lines can mean millions. */
  readonly size: number;
}

/** More values than any Collector needs; anchors that multiply pass it soon. */
const MAX_VALUES = 100_000;

/** The line of the file, counted from 1, that an offset of the text stands on. */
export type LineAt = (offset: number) => number;

interface Builder {
  readonly document: Document.Parsed;
  readonly lineAt: LineAt;
  readonly variables: Variables;
  /** One node per anchor, so that its values are built once. */
  readonly anchors: Map<unknown, YamlNode | 'under construction'>;
}

/**
 * What keeps a document that parses from having values: an anchor that is not there, is in itself, or multiplies, or a
 * placeholder of a template where a value belongs.
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

/** Builds the tree of one document; throws a ValueProblem. */
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
      throw new ValueProblem(`there is no anchor &${node.source}`, lineOf(node, builder));
    return build(target, builder);
  }
  const known = builder.anchors.get(node);
  if (known === 'under construction')
    throw new ValueProblem('an anchor contains itself', lineOf(node, builder));
  if (known !== undefined) return known;
  builder.anchors.set(node, 'under construction');
  const built = buildNew(node, builder);
  if (built.size > MAX_VALUES)
    throw new ValueProblem(`there are more than ${MAX_VALUES} values`, built.line);
  builder.anchors.set(node, built);
  return built;
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
  // `{{ name }}` is a map as the key of a map, which means nothing to anyone but a template.
  if (isMap(key)) throw new ValueProblem('a placeholder', lineOf(key, builder), 'template');
  return String(key);
}

/** What a map says itself stands before what it merges, and the first of several merged maps before the rest. */
function mergeInto(entries: Map<string, YamlNode>, merged: readonly YamlNode[]): void {
  for (const [name, node] of merged.flatMap(({ entries: inner }) => [...(inner ?? [])])) {
    if (!entries.has(name)) entries.set(name, node);
  }
}

function sizeOf(nodes: readonly YamlNode[]): number {
  return nodes.reduce((sum, { size }) => sum + size, 1);
}

function lineOf(node: unknown, { lineAt }: Builder): number {
  return lineAt(isNode(node) ? (node.range?.[0] ?? 0) : 0);
}
