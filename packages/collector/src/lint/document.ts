/** Parses a text for the rules, or returns the fault that prevents parsing. */
import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import { Cursor } from './cursor.ts';
import type { LintRule } from './rule.ts';
import { TEXT_RULES } from './rules/text.ts';
import { PLACEHOLDER, type Variables } from './variables.ts';
import { type LineAt, ValueProblem, type YamlNode, yamlNode } from './yaml-node.ts';

/** Maximum file size. Larger files are not read. */
const MAX_CHARACTERS = 1_048_576;

/** A fault of the text itself. */
export interface TextFault {
  readonly rule: LintRule;
  readonly line: number;
  readonly message: string;
}

/** A parsed text. */
export interface ReadDocument {
  /** Absent if the text cannot be parsed. */
  readonly root?: Cursor;
  readonly faults: readonly TextFault[];
}

/** The documents of a text, or the fault that prevents parsing. */
export interface ParsedText {
  readonly documents: readonly ParsedDocument[];
  readonly fault?: TextFault;
}

interface ParsedDocument {
  readonly node: YamlNode;
  readonly line: number;
}

/** Reads the documents of a text. `lineAt` maps offsets to lines. Never throws. */
export function parseText(
  text: string,
  variables: Variables,
  lineOf: LineAt = lineAtOf(text),
): ParsedText {
  if (text.length > MAX_CHARACTERS) {
    const message = 'this is too large for a configuration';
    return { documents: [], fault: { rule: TEXT_RULES.tooLarge, line: 1, message } };
  }
  try {
    const parsed = [...parseAllDocuments(text, { merge: false, prettyErrors: false })];
    const error = parsed.flatMap(({ errors }) => errors)[0];
    if (error !== undefined) return { documents: [], fault: faultOf(error, text, lineOf) };
    return { documents: parsed.map((one) => documentOf(one, lineOf, variables)) };
  } catch (error) {
    return { documents: [], fault: thrownFault(error, lineOf) };
  }
}

/**
 * The first document of a text, which is the only one that programs read. For a text inside a file, `above` are the lines
 * of its parent keys, and `line` is its first line.
 */
export function firstDocument(
  { documents, fault: unread }: ParsedText,
  above: readonly number[] = [],
  line = 1,
): ReadDocument {
  if (unread !== undefined) return { faults: [unread] };
  const [first, second] = documents;
  const shape = shapeFault(first?.node, line);
  if (shape !== undefined) return { faults: [shape] };
  const root = new Cursor(first?.node, '', above, line);
  if (second === undefined) return { root, faults: [] };
  const message = 'the following documents are not read';
  const fault = { rule: TEXT_RULES.severalDocuments, line: second.line, message };
  return { root, faults: [fault] };
}

/** A line that consists of a placeholder only. */
const BLOCK_OF_TEMPLATE = /^[ \t]*\{\{[^\n]*\}\}[ \t]*\r?$/m;

const NOT_FILLED_IN = 'the placeholders between `{{` and `}}` are not filled in';

/** The fault of a Helm template that inserts whole parts; `undefined` if it does not. */
export function templateFault(text: string): TextFault | undefined {
  const found = BLOCK_OF_TEMPLATE.exec(text);
  if (found === null) return undefined;
  return { rule: TEXT_RULES.template, line: lineAtOf(text)(found.index), message: NOT_FILLED_IN };
}

/** Maps offsets to lines for a text that is a whole file. */
export function lineAtOf(text: string): LineAt {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return (offset) => lines.linePos(offset).line;
}

/** Converts an error of parsing to a fault. */
export function thrownFault(error: unknown, lineAt: LineAt = () => 1): TextFault {
  if (error instanceof ValueProblem && error.kind === 'template')
    return { rule: TEXT_RULES.template, line: error.line, message: NOT_FILLED_IN };
  const line = error instanceof ValueProblem ? error.line : lineAt(0);
  const message = error instanceof RangeError ? 'it is nested too deeply' : messageOf(error);
  return { rule: TEXT_RULES.invalid, line, message };
}

function faultOf(
  error: Document.Parsed['errors'][number],
  text: string,
  lineAt: LineAt,
): TextFault {
  const line = lineAt(error.pos[0]);
  if (PLACEHOLDER.test(lineOfText(text, error.pos[0])))
    return { rule: TEXT_RULES.template, line, message: NOT_FILLED_IN };
  const template = BLOCK_OF_TEMPLATE.exec(text);
  if (template !== null)
    return { rule: TEXT_RULES.template, line: lineAt(template.index), message: NOT_FILLED_IN };
  return { rule: TEXT_RULES.invalid, line, message: error.message };
}

function lineOfText(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(start).split('\n', 1)[0] ?? '';
}

function documentOf(
  document: Document.Parsed,
  lineAt: LineAt,
  variables: Variables,
): ParsedDocument {
  const node = yamlNode(document, lineAt, variables);
  return { node, line: lineAt(document.range[0]) };
}

function shapeFault(node: YamlNode | undefined, line: number): TextFault | undefined {
  if (node === undefined || (node.entries === undefined && node.value === null))
    return { rule: TEXT_RULES.empty, line, message: 'it is empty' };
  if (node.entries !== undefined) return undefined;
  const what = node.items === undefined ? 'a single value' : 'a list';
  return { rule: TEXT_RULES.notMap, line: node.line, message: `${what}, not a map` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
