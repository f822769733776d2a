// Runs functions of the caller, and says what went wrong.
import { ERRORS, type ErrorCode, shownValue } from '@moneytrail/catalogue';
import { maskText } from '@moneytrail/privacy';

type LogWarning = 'MONEYTRAIL_LOG_FUNCTION_FAILED' | 'MONEYTRAIL_LOG_LINES_LOST';

/** Runs the functions in the options of a logger. One that throws costs what it would have made, and is reported once. */
export class Attempts {
  readonly #reported = new Set<string>();

  /** What `work` makes, or what `otherwise` makes where it throws. `option` names the function. */
  run<Result>(option: string, work: () => Result, otherwise: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (!this.#reported.has(option)) {
        this.#reported.add(option);
        const code = 'MONEYTRAIL_LOG_FUNCTION_FAILED';
        warn(code, ERRORS[code].message(option, reasonOf(error)));
      }
      return otherwise();
    }
  }

  /** A line did not reach its destination. */
  lost(error: unknown): void {
    if (this.#reported.has('destination')) return;
    this.#reported.add('destination');
    warnOfLoss(error);
  }
}

/** Says that a destination failed. */
export function warnOfLoss(error: unknown): void {
  const code = 'MONEYTRAIL_LOG_LINES_LOST';
  warn(code, ERRORS[code].message(reasonOf(error)));
}

function warn<Code extends LogWarning & ErrorCode>(code: Code, text: string): void {
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
