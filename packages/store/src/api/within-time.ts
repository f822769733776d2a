import { Script } from 'node:vm';
import { errorCode } from '../error-code.ts';
import { BadData } from './selector.ts';

/** Limits the time of a query, because long labels make regular expressions slow. */
const MOST_MS = 250;

const SCRIPT = new Script('work()');

/** The result of `work`. It runs as a script, which Node can interrupt. Throws `BadData` when it takes too long. */
export function withinTime<Result>(work: () => Result): Result {
  try {
    return SCRIPT.runInNewContext({ work }, { timeout: MOST_MS });
  } catch (error) {
    if (errorCode(error) !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new BadData('the regular expressions of the selector take too long');
  }
}
