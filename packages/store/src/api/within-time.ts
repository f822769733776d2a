import { Script } from 'node:vm';
import { errorCode } from '../error-code.ts';
import { BadData } from './selector.ts';

/** A query must not stop the store, however long the labels are that its regular expressions are matched with. */
const MOST_MS = 250;

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
