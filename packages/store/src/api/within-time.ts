import { Script } from 'node:vm';
import { errorCode } from '../error-code.ts';
import { BadData } from './selector.ts';

/** Some regular expressions take longer than the world lives, and a query must not stop the store. */
const MOST_MS = 1000;

const SCRIPT = new Script('work()');

/** What `work` gives; a script of its own is what Node can interrupt. Throws `BadData` when it takes too long. */
export function withinTime<Result>(work: () => Result): Result {
  try {
    return SCRIPT.runInNewContext({ work }, { timeout: MOST_MS });
  } catch (error) {
    if (errorCode(error) !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new BadData('the regular expressions of the selector take too long');
  }
}
