/** Wraps the formatter of levels. pino calls it once per level and keeps the result as text. */
import { redactor } from '@moneytrail/privacy';
import type { Attempts } from './attempts.ts';
import { readFields } from './record.ts';

const RULES = { redact: redactor([]), serialize: (_: string, value: unknown): unknown => value };

/** The formatters, with one of levels that cannot throw or write secrets. The others run for each line. */
export function formattersFor(
  { level, ...others }: Readonly<Record<string, unknown>>,
  attempts: Attempts,
): Readonly<Record<string, unknown>> {
  if (typeof level !== 'function') return others;
  const safe = (label: string, number: number): object => {
    const usual = { level: number };
    const given = attempts.run(
      'formatters.level',
      () => level(label, number),
      () => usual,
    );
    const fields = readFields(RULES, given);
    // Without any field, the line would begin with a comma.
    return Object.keys(fields).length > 0 ? fields : usual;
  };
  return { ...others, level: safe };
}
