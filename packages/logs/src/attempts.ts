/** Runs functions that callers pass as options, and warns about failures. */
import { codedText, shownValue } from '@moneytrail/catalogue';
import { maskText } from '@moneytrail/privacy';
import { ERRORS } from './errors.ts';

/** Runs the functions among the options of a logger. One that throws loses its own result only, and is reported once. */
export class Attempts {
  readonly #reported = new Set<string>();

  /** The result of `work`, or of `otherwise` if `work` throws. `option` names the function. */
  run<Result>(option: string, work: () => Result, otherwise: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (!this.#reported.has(option)) {
        this.#reported.add(option);
        const code = 'MONEYTRAIL_LOG_FUNCTION_FAILED';
        warn(code, codedText(ERRORS, code, { option, reason: reasonOf(error) }));
      }
      return otherwise();
    }
  }

  /** Reports, once, that a line did not reach its destination. */
  lost(error: unknown): void {
    if (this.#reported.has('destination')) return;
    this.#reported.add('destination');
    warnOfLoss(error);
  }
}

/** Warns that a destination failed. */
export function warnOfLoss(error: unknown): void {
  const code = 'MONEYTRAIL_LOG_LINES_LOST';
  warn(code, codedText(ERRORS, code, { reason: reasonOf(error) }));
}

function warn(code: keyof typeof ERRORS, text: string): void {
  process.emitWarning(`${text} (docs/errors.md#${code.toLowerCase()})`, {
    type: 'MoneytrailWarning',
    code,
  });
}

function reasonOf(error: unknown): string {
  try {
    return maskText(error instanceof Error ? String(error.message) : shownValue(error));
  } catch {
    return '[unreadable]';
  }
}
