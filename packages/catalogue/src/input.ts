import { codedError, invalidOption, MoneytrailError } from './coded.ts';
import { OPTION_ERRORS } from './errors.ts';
import { nearest } from './nearest.ts';

/** The longest list that an option may be. */
const MAX_LIST = 10_000;

/**
 * A list that was given as an option, or `undefined` when it is none or holds more than 10,000 members. A sparse list of four
 * billion would take minutes to be looked at.
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
 * Runs what makes something of a caller's options. `given` must be an object. Whatever its getters and proxies throw becomes
 * `MONEYTRAIL_OPTION_INVALID`, with the error as its `cause`; errors that have a code of ours stay.
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
  const name = `what ${owner} is given`;
  if (typeof given !== 'object' || given === null || isList(given)) {
    throw invalidOption(name, given, 'an object');
  }
  return guarded(
    () => make(given),
    () => invalidOption(name, '[unreadable]', 'an object whose members can be read'),
  );
}

/**
 * Throws `MONEYTRAIL_OPTION_UNKNOWN` for a member of `given` that is not among the `known` options of `owner`.
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

/** A revoked proxy throws at the question. */
function isList(value: object): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** Runs work on a caller's values; what they throw themselves becomes the error that `wrong` makes. */
export function guarded<Result>(work: () => Result, wrong: () => MoneytrailError): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof MoneytrailError) throw error;
    throw Object.assign(wrong(), { cause: error });
  }
}
