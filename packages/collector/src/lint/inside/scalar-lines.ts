/** Maps the lines of a text inside a YAML scalar (block, folded or quoted) to the lines of the file. */
import type { LineAt } from '../yaml-node.ts';

/** A text that is a scalar in a file. */
export interface ScalarText {
  /** The text that contains the scalar. */
  readonly source: string;
  readonly span: readonly [start: number, end: number];
  /** Maps offsets of `source` to lines of the file. */
  readonly lineAt: LineAt;
  /** The value of the scalar. */
  readonly text: string;
}

/** A line break in double quotes, with the line breaks of the file after it, or empty lines of the file. */
const LINE_BREAK = /\\n(?:\\?\r?\n[ \t]*)*|\\[\s\S]|\r?\n[ \t]*(?:\r?\n[ \t]*)+/g;

/** Maps offsets of the text of the scalar to lines of the file. */
export function scalarLineAt({ source, span, lineAt, text }: ScalarText): LineAt {
  const [start, end] = span;
  const raw = source.slice(start, end);
  const rawLines = lineStarts(raw).map((offset) => lineAt(start + offset));
  const starts = lineStarts(text);
  const lines = linesOf(raw, text).map((below) => rawLines[Math.min(below, rawLines.length - 1)]);
  return (offset) => lines[lastAtMost(starts, offset)] ?? lineAt(start);
}

function lineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
}

/** For each line of the text, its distance in lines from the start of the scalar. */
function linesOf(raw: string, text: string): readonly number[] {
  if (raw.startsWith('|')) return text.split('\n').map((_, index) => index + 1);
  return raw.startsWith('"') ? escapedLines(raw) : foldedLines(raw, text);
}

/** In double quotes, `\n` starts a line of the text, and so does an empty line of the file. */
function escapedLines(raw: string): readonly number[] {
  const rawLines = lineStarts(raw);
  const ends = [...raw.matchAll(LINE_BREAK)].flatMap(({ 0: token, index }) => {
    const count = token.startsWith('\\') ? Number(token.startsWith('\\n')) : breaksOf(token) - 1;
    return new Array<number>(count).fill(index + token.length);
  });
  return [0, ...ends].map((offset) => lastAtMost(rawLines, offset));
}

function breaksOf(text: string): number {
  return text.split('\n').length - 1;
}

/** The index of the last number that is not greater, in ascending numbers. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A folded text joins lines of the file. Each of its lines has the position of its first words. */
function foldedLines(raw: string, text: string): readonly number[] {
  const found: { readonly at: number; readonly below: number }[] = [];
  let from = 0;
  for (const [below, line] of raw.split('\n').entries()) {
    const words = line.trim().replace(/^'|'$/g, '').replaceAll("''", "'");
    const at = words === '' ? -1 : text.indexOf(words, from);
    if (at < 0) continue;
    found.push({ at, below });
    from = at + words.length;
  }
  const ats = found.map(({ at }) => at);
  return lineStarts(text).map((start) => {
    const indent = /^\s*/.exec(text.slice(start, start + 1000))?.[0].length ?? 0;
    return found[lastAtMost(ats, start + indent)]?.below ?? 0;
  });
}
