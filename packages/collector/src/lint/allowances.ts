/**
 * Comments that allow a fault: `# moneytrail: allow cors-open`, on the line of the fault or of a parent key, or on the
 * lines above.
 */

/** A code that a comment allows. */
interface Allowance {
  readonly code: string;
  /** The line of the comment. */
  readonly line: number;
  /** The line that it applies to. */
  readonly target: number;
}

/** The allowances of a file, and which of them were used. */
export interface Allowances {
  readonly allows: (code: string, lines: readonly number[]) => boolean;
  readonly unused: () => readonly Allowance[];
}

const COMMENT = /#\s*moneytrail:\s*allow\s+([a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)*)/;

/** Reads the comments of a file. */
export function allowances(text: string): Allowances {
  const lines = text.split(/\r?\n/);
  const all = lines.flatMap((line, index) => allowancesOf(line, index, lines));
  const used = new Set<Allowance>();
  return {
    allows: (code, at) => {
      const found = all.filter((one) => one.code === code && at.includes(one.target));
      for (const one of found) used.add(one);
      return found.length > 0;
    },
    unused: () => all.filter((one) => !used.has(one)),
  };
}

function allowancesOf(line: string, index: number, lines: readonly string[]): Allowance[] {
  const codes = COMMENT.exec(line)?.[1]?.split(',') ?? [];
  return codes.map((code) => ({
    code: code.trim(),
    line: index + 1,
    target: targetOf(index, lines),
  }));
}

/** The line that a comment applies to: a comment line applies to the next line that is not one. */
function targetOf(index: number, lines: readonly string[]): number {
  const isComment = (line: string | undefined): boolean => /^\s*(?:#|$)/.test(line ?? 'end');
  let target = index;
  while (target < lines.length && isComment(lines[target])) target += 1;
  return target + 1;
}
