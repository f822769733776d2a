/** Durations of Go. */

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Parses `6h`, `1h30m` or `7d` to milliseconds; `undefined` if the text is not a duration. */
export function durationMs(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|[smhdwy]))+$/.test(text)) return undefined;
  const parts = text.matchAll(/([\d.]+)(ms|[smhdwy])/g);
  return [...parts].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (UNIT_MS[unit] ?? 0),
    0,
  );
}
