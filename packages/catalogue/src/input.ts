/** Reads options that callers pass. */
import { codedError, invalidOption, MoneytrailError } from './coded.ts';
import { OPTION_ERRORS } from './errors.ts';
import { nearest } from './nearest.ts';

/** Maximum length of an array that is an option. */
const MAX_LIST = 10_000;

/**
 * An option as array, or `undefined` if it is not an array or has more than 10,000 members. Reading a sparse array of four
 * billion members would take minutes.
 *
 * @example
 * ```ts
 * import { listOf } from '@moneytrail/catalogue';
 * console.log(listOf(['a']), listOf('a')); // [ 'a' ] undefined
 * ```
 */
export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) && value.length <= MAX_LIST ? value : undefined;
}

/**
 * Runs a function of the options of a caller. `given` must be an object. Errors of its getters and proxies become
 * `MONEYTRAIL_OPTION_INVALID` with the error as `cause`; our own coded errors are kept.
 *
 * @example
 * ```ts
 * import { withOptions } from '@moneytrail/catalogue';
 * console.log(withOptions('createThing', { size: 1 }, ({ size }) => size)); // 1
 * ```
 */
export function withOptions<Options, Made>(
  owner: string,
  given: Options,
  make: (options: Options) => Made,
): Made {
  const name = `the options of ${owner}`;
  if (typeof given !== 'object' || given === null || isList(given)) {
    throw invalidOption(name, given, 'an object');
  }
  return guarded(
    () => make(given),
    () => invalidOption(name, '[unreadable]', 'an object whose members can be read'),
  );
}

/**
 * Throws `MONEYTRAIL_OPTION_UNKNOWN` for a member of `given` that is not in the `known` options of `owner`.
 *
 * @example
 * ```ts
 * import { checkNames } from '@moneytrail/catalogue';
 * checkNames('createThing', { size: 1 }, ['size', 'colour']);
 * ```
 */
export function checkNames(owner: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  throw codedError(OPTION_ERRORS, 'MONEYTRAIL_OPTION_UNKNOWN', { owner, name: unknown, meant });
}

/** Runs work on values of a caller. Errors of these values become the error that `wrong` returns. */
export function guarded<Result>(work: () => Result, wrong: () => MoneytrailError): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof MoneytrailError) throw error;
    throw Object.assign(wrong(), { cause: error });
  }
}

/** Whether a value is an array. A revoked proxy throws at the check. */
function isList(value: object): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}
