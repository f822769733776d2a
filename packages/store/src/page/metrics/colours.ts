/** Colours of lines: what went well and what failed look the same in every chart. */

const GOOD = /\b(succeeded|success|ok|paid|processed|healthy|approved|activated|won)\b/;
const BAD = /\b(failed|declined|error|unhealthy|invalid_signature|blocked|reversed|lost)\b/;
const OTHERS = ['line-blue', 'line-purple', 'line-orange', 'line-ink', 'line-green'] as const;

/** Class of `chart.css` for a line. */
export function lineColour(label: string, index: number): string {
  const words = label.replaceAll('_', ' ');
  if (GOOD.test(words) || GOOD.test(label)) return 'line-green';
  if (BAD.test(label)) return 'line-red';
  return OTHERS[index % OTHERS.length] ?? 'line-blue';
}

/** The colour itself, which a canvas needs. */
export function colourOf(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(`--${name}`).trim();
}
