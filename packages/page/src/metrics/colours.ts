/** Colours of lines: success and failure look the same in every chart. */

const GOOD = /\b(succeeded|success|ok|paid|processed|healthy|approved|activated|won)\b/;
const BAD = /\b(failed|declined|error|unhealthy|invalid signature|blocked|reversed|lost)\b/;
const OTHERS = ['line-blue', 'line-purple', 'line-orange', 'line-ink', 'line-green', 'line-red'];

/** Classes of `chart.css`, one for each line; lines share one only when there are more lines than classes. */
export function lineColours(labels: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const take = (colour: string | undefined): string | undefined => {
    if (colour === undefined || taken.has(colour)) return undefined;
    taken.add(colour);
    return colour;
  };
  const meant = labels.map((label) => take(meaningOf(label.replaceAll('_', ' '))));
  return meant.map((colour) => colour ?? take(OTHERS.find((one) => !taken.has(one))) ?? 'line-ink');
}

/** The colour value of a class, for drawing on the canvas. */
export function colourOf(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(`--${name}`).trim();
}

function meaningOf(words: string): string | undefined {
  if (GOOD.test(words)) return 'line-green';
  return BAD.test(words) ? 'line-red' : undefined;
}
