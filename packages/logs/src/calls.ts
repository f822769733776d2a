// What a log call is given.
import { shownValue } from '@moneytrail/catalogue';
import type { Family, OwnLogger } from './family.ts';
import { readArgument, readableCopy } from './record.ts';
import type { Unknown } from './symbols.ts';

/** A function that sees each call before pino does, as `hooks.logMethod` of pino. */
export type LogMethod = (this: unknown, values: unknown[], log: Unknown, level: number) => void;

/** Members of a list that is logged as a record. */
const MAX_LIST = 1000;

/** The hook through which every call goes: `own` of the caller first, where there is one. */
export function logMethodFor(family: Family, own: LogMethod | undefined): LogMethod {
  return function logMethod(values, log, level) {
    const logger = family.memberOf(this);
    if (own === undefined) {
      logSafely(family, logger, log, values);
      return;
    }
    let isLogged = false;
    const method = function (this: unknown, ...given: unknown[]): void {
      isLogged = true;
      logSafely(family, family.memberOf(this), log, given);
    };
    family.attempts.run(
      'hooks.logMethod',
      () => own.call(logger, values, method, level),
      () => {
        if (!isLogged) logSafely(family, logger, log, values);
      },
    );
  };
}

/**
 * Calls pino's log function. pino looks into the record before a line is made of it, so a record with a hostile getter makes it
 * throw: then it gets a copy.
 */
function logSafely(
  family: Family,
  logger: OwnLogger,
  log: Unknown,
  [first, ...rest]: readonly unknown[],
): void {
  const { redact } = family.redactionOf(logger);
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

/** pino reads an object itself, when it makes a line. */
function readFirst(first: unknown): unknown {
  if (Array.isArray(first) && first.length > MAX_LIST) return first.slice(0, MAX_LIST);
  return typeof first === 'symbol' || typeof first === 'function' ? shownValue(first) : first;
}
