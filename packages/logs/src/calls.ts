/** Handles the arguments of log calls. */
import { shownValue } from '@moneytrail/catalogue';
import type { LoggerTree, TreeLogger } from './logger-tree.ts';
import { readArgument, readableCopy } from './record.ts';
import type { Unknown } from './symbols.ts';

/** A function that gets each call before pino does: `hooks.logMethod` of pino. */
export type LogMethod = (this: unknown, values: unknown[], log: Unknown, level: number) => void;

/** Maximum number of members of an array that is logged as a record. */
const MAX_LIST = 1000;

/** The hook that every call passes. It calls `own`, the hook of the caller, if there is one. */
export function logMethodFor(tree: LoggerTree, own: LogMethod | undefined): LogMethod {
  return function logMethod(values, log, level) {
    const logger = tree.loggerOf(this);
    if (own === undefined) {
      logSafely(tree, logger, log, values);
      return;
    }
    let isLogged = false;
    const method = function (this: unknown, ...given: unknown[]): void {
      isLogged = true;
      logSafely(tree, tree.loggerOf(this), log, given);
    };
    tree.attempts.run(
      'hooks.logMethod',
      () => own.call(logger, values, method, level),
      () => {
        if (!isLogged) logSafely(tree, logger, log, values);
      },
    );
  };
}

/**
 * Calls pino's log function. pino reads the record before it makes the line, so a getter that throws makes it throw; it
 * then gets a copy of the record.
 */
function logSafely(
  tree: LoggerTree,
  logger: TreeLogger,
  log: Unknown,
  [first, ...rest]: readonly unknown[],
): void {
  const { redact } = tree.redactionOf(logger);
  const others = rest.map((value) =>
    typeof value === 'string' ? value : readArgument(redact, value),
  );
  try {
    Reflect.apply(log, logger, [readFirst(first), ...others]);
  } catch {
    const isObject = typeof first === 'object' && first !== null;
    const record = isObject ? readableCopy(first) : shownValue(first);
    Reflect.apply(log, logger, [record, ...others.map(shownValue)]);
  }
}

/** The first argument. Objects stay unchanged because pino reads them when it makes the line. */
function readFirst(first: unknown): unknown {
  if (Array.isArray(first) && first.length > MAX_LIST) return first.slice(0, MAX_LIST);
  return typeof first === 'symbol' || typeof first === 'function' ? shownValue(first) : first;
}
