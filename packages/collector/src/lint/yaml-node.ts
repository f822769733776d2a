/** YAML with line numbers, anchors and merge keys resolved, and variables put in: what the rules look at. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type LineCounter,
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
  readonly entries?: ReadonlyMap<string, YamlNode>;
  readonly items?: readonly YamlNode[];
  /** Values below and including this one, anchors counted at each use: a few lines can mean millions. */
  readonly size: number;
}

/** More values than any Collector needs; anchors that multiply pass it soon. */
const MAX_VALUES = 100_000;

interface Builder {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly variables: Variables;
  /** One node per anchor, so that its values are built once. */
  readonly anchors: Map<unknown, YamlNode | 'under construction'>;
}

/** What keeps a document that parses from having values: an anchor that is not there, is in itself, or multiplies. */
export class AnchorProblem extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.name = 'AnchorProblem';
    this.line = line;
  }
}

/** Builds the tree of one document; throws an AnchorProblem. */
export function yamlNode(
  document: Document.Parsed,
  lines: LineCounter,
  variables: Variables,
): YamlNode {
  return build(document.contents, { document, lines, variables, anchors: new Map() });
}

function build(node: unknown, builder: Builder): YamlNode {
  if (isAlias(node)) {
    const target = node.resolve(builder.document);
    if (target === undefined)
      throw new AnchorProblem(`there is no anchor &${node.source}`, lineOf(node, builder));
    return build(target, builder);
  }
  const known = builder.anchors.get(node);
  if (known === 'under construction')
    throw new AnchorProblem('an anchor contains itself', lineOf(node, builder));
  if (known !== undefined) return known;
  builder.anchors.set(node, 'under construction');
  const built = buildNew(node, builder);
  if (built.size > MAX_VALUES)
    throw new AnchorProblem(`there are more than ${MAX_VALUES} values`, built.line);
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
  return { line: lineOf(node, builder), value, written, size: 1 };
}

function buildMap(map: YAMLMap<ParsedNode, ParsedNode | null>, builder: Builder): YamlNode {
  const entries = new Map<string, YamlNode>();
  const merged: YamlNode[] = [];
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    const line = lineOf(key, builder);
    const node = value === null ? { line, value, size: 1 } : { ...build(value, builder), line };
    if (name === '<<') merged.push(...(node.items ?? [node]));
    else entries.set(name, node);
  }
  mergeInto(entries, merged);
  return { line: lineOf(map, builder), entries, size: sizeOf([...entries.values()]) };
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

function lineOf(node: unknown, { lines }: Builder): number {
  return lines.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0).line;
}
