// The formatter of levels, whose result pino keeps as text.
import { redactor } from '@moneytrail/privacy';
import type { Attempts } from './attempts.ts';
import { readFields } from './record.ts';

const RULES = { redact: redactor([]), serialize: (_: string, value: unknown): unknown => value };

/** Formatters with one of levels that cannot throw, and shows no secret. The others run when a line is made. */
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
    // Without a field the line would begin with a comma.
    return Object.keys(fields).length > 0 ? fields : usual;
  };
  return { ...others, level: safe };
}
