/** Finds the intended name for a misspelt one. */

/** Maximum number of wrong letters in a misspelt name. */
const MAX_WRONG_LETTERS = 3;

/**
 * The known name closest to a misspelt one, or `undefined`. The prefix of a variable is ignored.
 *
 * @example
 * ```ts
 * import { nearest } from '@moneytrail/catalogue';
 * console.log(nearest('serviceNam', ['serviceName', 'level']), nearest('colour', ['level'])); // serviceName undefined
 * ```
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const most = Math.min(MAX_WRONG_LETTERS, Math.floor(bare(name).length / 3));
  // The lengths of near names are near. This also bounds the time for a very long name.
  const near = known
    .filter((one) => Math.abs(bare(one).length - bare(name).length) <= most)
    .map((one) => ({ one, letters: lettersApart(bare(one), bare(name)) }))
    .filter(({ letters }) => letters <= most);
  return near.sort((a, b) => a.letters - b.letters)[0]?.one;
}

function bare(name: string): string {
  return name.replace(/^(?:OTEL|OTLP|MONEYTRAIL)_/, '');
}

/** The Levenshtein distance: the number of letters to add, remove or replace to turn one text into the other. */
function lettersApart(one: string, other: string): number {
  const others = [...other];
  let above = Array.from({ length: others.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1];
    for (const [column, otherLetter] of others.entries()) {
      const replaced = (above[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      line.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
