// Finds the name that a misspelt one stands for.
import leven from 'leven';

/** Letters that a misspelt name may have wrong. */
const MAX_WRONG_LETTERS = 3;

/** The known name that a misspelt one is near to, or `undefined`. The prefix of a variable does not count. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const most = Math.min(MAX_WRONG_LETTERS, Math.floor(bare(name).length / 3));
  const near = known
    .map((one) => ({ one, letters: leven(bare(one), bare(name)) }))
    .filter(({ letters }) => letters <= most);
  return near.sort((a, b) => a.letters - b.letters)[0]?.one;
}

function bare(name: string): string {
  return name.replace(/^(?:OTEL|OTLP|MONEYTRAIL)_/, '');
}
