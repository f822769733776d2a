/** Where the lines of a text stand that is a scalar of a YAML file: in a block, folded, or between quotes. */
import type { LineAt } from '../yaml-node.ts';

/** A text that is a scalar of a file. */
export interface ScalarText {
  /** The text that the scalar stands in. */
  readonly source: string;
  readonly span: readonly [start: number, end: number];
  /** The lines of `source` in the file. */
  readonly lineAt: LineAt;
  /** What the scalar says. */
  readonly text: string;
}

/** A line break as it is written between double quotes, with the breaks of the file behind it; or empty lines of the file. */
const LINE_BREAK = /\\n(?:\\?\r?\n[ \t]*)*|\\[\s\S]|\r?\n[ \t]*(?:\r?\n[ \t]*)+/g;

/** The lines of the file that the offsets of the scalar's text stand on. */
export function scalarLineAt({ source, span, lineAt, text }: ScalarText): LineAt {
  const [start, end] = span;
  const raw = source.slice(start, end);
  const rawLines = lineStarts(raw).map((offset) => lineAt(start + offset));
  const starts = lineStarts(text);
  const lines = linesOf(raw, text).map((below) => rawLines[Math.min(below, rawLines.length - 1)]);
  return (offset) => lines[lastAtMost(starts, offset)] ?? lineAt(start);
}

/** For each line of the text, how many lines below the beginning of the scalar it is. */
function linesOf(raw: string, text: string): readonly number[] {
  if (raw.startsWith('|')) return text.split('\n').map((_, index) => index + 1);
  return raw.startsWith('"') ? escapedLines(raw) : foldedLines(raw, text);
}

/** Between double quotes `\n` begins a line of the text, and so does an empty line of the file. */
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

/** A folded text joins lines of the file: each of its lines stands where its first words do. */
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

function lineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
}

/** The index of the last number that is at most this one; the numbers rise. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
