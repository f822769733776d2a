/** From text to what the rules look at, or to the fault that is in the way. */
import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import { Cursor } from './cursor.ts';
import type { LintRule } from './rule.ts';
import { TEXT_RULES } from './rules/text.ts';
import type { Variables } from './variables.ts';
import { AnchorProblem, type YamlNode, yamlNode } from './yaml-node.ts';

/** Larger files are not read. */
const MAX_CHARACTERS = 1_048_576;

/** What is wrong with the text itself. */
export interface TextFault {
  readonly rule: LintRule;
  readonly line: number;
  readonly message: string;
}

/** A text that was read. */
export interface ReadDocument {
  /** Missing where the text cannot be read. */
  readonly root?: Cursor;
  readonly faults: readonly TextFault[];
}

/** Reads the first document of a text; never throws. */
export function readDocument(text: string, variables: Variables): ReadDocument {
  if (text.length > MAX_CHARACTERS) {
    return {
      faults: [{ rule: TEXT_RULES.tooLarge, line: 1, message: 'no configuration is this large' }],
    };
  }
  const lines = new LineCounter();
  try {
    const documents = [...parseAllDocuments(text, { lineCounter: lines, merge: false })];
    return read(documents, lines, variables);
  } catch (error) {
    const line = error instanceof AnchorProblem ? error.line : 1;
    const message = error instanceof RangeError ? 'it is nested too deeply' : messageOf(error);
    return { faults: [{ rule: TEXT_RULES.invalid, line, message }] };
  }
}

function read(
  documents: readonly Document.Parsed[],
  lines: LineCounter,
  variables: Variables,
): ReadDocument {
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error !== undefined) {
    const line = lines.linePos(error.pos[0]).line;
    const message = error.message.split(' at line ', 1)[0] ?? error.message;
    return { faults: [{ rule: TEXT_RULES.invalid, line, message }] };
  }
  const [first, second] = documents;
  const node = first === undefined ? undefined : yamlNode(first, lines, variables);
  const fault = shapeFault(node);
  if (fault !== undefined) return { faults: [fault] };
  const faults: TextFault[] = [];
  if (second !== undefined) {
    const line = lines.linePos(second.range[0]).line;
    faults.push({ rule: TEXT_RULES.severalDocuments, line, message: 'what follows is not read' });
  }
  return { root: new Cursor(node), faults };
}

function shapeFault(node: YamlNode | undefined): TextFault | undefined {
  if (node === undefined || (node.entries === undefined && node.value === null))
    return { rule: TEXT_RULES.empty, line: 1, message: 'there is nothing in it' };
  if (node.entries !== undefined) return undefined;
  const what = node.items === undefined ? 'a single value' : 'a list';
  return { rule: TEXT_RULES.notMap, line: node.line, message: `${what}, not a map` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
