/** Finds Collector configurations inside other files. */
import { lineAtOf, type ParsedText, parseText } from '../document.ts';
import type { Variables } from '../variables.ts';
import type { LineAt, YamlNode } from '../yaml-node.ts';
import { withDefaults } from './kube-stack.ts';
import { type Host, hostOf, type PathKey, type Place, placeAt, shownPath } from './place.ts';
import { scalarLineAt } from './scalar-lines.ts';
import {
  beginsWithSection,
  isConfiguration,
  isPartOfConfiguration,
  namesSection,
} from './shape.ts';

/** Maximum depth of texts within texts, such as Helm values in an Application of Argo CD. */
const MAX_DEPTH = 3;

/** Keys of Helm values and of an OpenTelemetryCollector that may contain a partial configuration. */
const CONFIG_KEYS: readonly (PathKey | undefined)[] = ['config', 'alternateConfig'];

/** The annotation with the last `kubectl apply` as JSON. It duplicates the object itself. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A configuration and its place. */
export interface Inside {
  readonly place: Place;
  readonly parsed: ParsedText;
  /** The lines of its parent keys. */
  readonly above: readonly number[];
  /** Its first line. */
  readonly line: number;
}

/** A text with its lines in the file. */
interface Source {
  readonly text: string;
  readonly lineAt: LineAt;
  readonly depth: number;
  readonly variables: Variables;
}

/** A node and its path. */
interface Step {
  readonly node: YamlNode;
  readonly parent?: YamlNode;
  readonly host: Host;
  readonly path: readonly PathKey[];
  readonly above: readonly number[];
}

/** Every configuration inside the documents of a file. */
export function configurationsInside(
  text: string,
  { documents }: ParsedText,
  variables: Variables,
): Inside[] {
  const source = { text, lineAt: lineAtOf(text), depth: 0, variables };
  return documents
    .map(({ node }) => withDefaults(node))
    .flatMap((node) => [...search({ node, host: hostOf(node), path: [], above: [] }, source)]);
}

function* search(step: Step, source: Source): Generator<Inside> {
  const { node, path, above } = step;
  if (isPlaced(node, path)) {
    const line = node.entries?.values().next().value?.line ?? node.line;
    yield { place: placeOf(step, true), parsed: { documents: [{ node, line }] }, above, line };
    return;
  }
  const own = hostOf(node);
  const from = own.kind === 'kubernetes' ? { ...step, host: own, path: [] } : step;
  for (const [key, child] of childrenOf(node)) yield* search(stepTo(from, key, child), source);
  if (node.written !== undefined) yield* searchText(step, source);
}

function isPlaced(node: YamlNode, path: readonly PathKey[]): boolean {
  if (path.length === 0) return false;
  return (
    isConfiguration(node) || (CONFIG_KEYS.includes(path.at(-1)) && isPartOfConfiguration(node))
  );
}

function placeOf({ host, path, node, parent }: Step, isMap: boolean): Place {
  return placeAt(host, path, node.line, parent, isMap);
}

function childrenOf({ entries, items }: YamlNode): [PathKey, YamlNode][] {
  return [...(entries ?? []), ...(items ?? []).entries()].filter(([key]) => key !== LAST_APPLIED);
}

function stepTo({ node: parent, host, path, above }: Step, key: PathKey, node: YamlNode): Step {
  return { node, parent, host, path: [...path, key], above: [...above, node.line] };
}

function* searchText(step: Step, source: Source): Generator<Inside> {
  const text = textOf(step);
  if (!/[\n{]/.test(text) || !namesSection(text)) return;
  const lineAt = linesOf(step, text, source);
  const parsed = parseText(text, source.variables, lineAt);
  const first = parsed.documents[0]?.node;
  const isOne =
    first === undefined
      ? beginsWithSection(text)
      : isConfiguration(first) || isPartOfConfiguration(first);
  if (isOne) yield { place: placeOf(step, false), parsed, above: step.above, line: lineAt(0) };
  else if (source.depth < MAX_DEPTH) {
    const inner = { ...source, text, lineAt, depth: source.depth + 1 };
    for (const { node } of parsed.documents) yield* search(stepInto(step, node), inner);
  }
}

/** The value that the Collector reads: Compose doubles `$`, and the data of a Secret is Base64. */
function textOf({ node, host, path }: Step): string {
  const written = node.written ?? '';
  if (host.kind === 'compose') return written.replaceAll('$$', '$');
  return isEncoded(host, path) ? Buffer.from(written, 'base64').toString() : written;
}

function isEncoded({ kind, name }: Host, path: readonly PathKey[]): boolean {
  return kind === 'kubernetes' && /^Secret(?: |$)/.test(name) && path[0] === 'data';
}

function linesOf({ node, host, path }: Step, text: string, source: Source): LineAt {
  if (node.span === undefined || isEncoded(host, path)) return () => node.line;
  return scalarLineAt({ source: source.text, span: node.span, lineAt: source.lineAt, text });
}

/** The path of a text: Helm values in a string are still Helm values. */
function stepInto({ host, path, above }: Step, node: YamlNode): Step {
  const own = hostOf(node);
  const name = [host.name, shownPath(path)].filter((part) => part !== '').join(': ');
  const label = own.name === '' ? name : `${name} > ${own.name}`;
  return { node, host: { kind: own.kind, name: label }, path: [], above };
}
