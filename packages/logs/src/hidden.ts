/** Reads the option `redact`: field names, and paths in the syntax of pino. */
import { invalidOption, listOf, type MoneytrailError } from '@moneytrail/catalogue';
import { type Censor, type HiddenPath, MASK, pathNames } from '@moneytrail/privacy';
import type { Attempts } from './attempts.ts';

/** The option `redact` as an object. */
export interface RedactOptions {
  /** Field names, hidden at any depth, and paths from the top of a record, such as `user.cards[*].holder`. */
  readonly paths: readonly string[];
  /**
   * The replacement of a value, or a function that returns it for a value and its path.
   * @defaultValue `[redacted]`
   */
  readonly censor?: string | ((value: unknown, path: string[]) => unknown);
  /** Leaves hidden fields out. */
  readonly remove?: boolean;
}

const EXPECTED =
  'a list of field names and of paths such as user.cards[*].holder, or an object with paths, censor and remove';

const NAMES: readonly string[] = ['paths', 'censor', 'remove'];

/** The hidden paths of a logger. Throws `MONEYTRAIL_OPTION_INVALID` for values that are neither names nor paths. */
export function readHiddenOfRoot(given: unknown, attempts: Attempts): HiddenPath[] {
  return readHidden(given ?? [], attempts, namesIn);
}

/**
 * The paths that a child hides in addition. An invalid path must not fail a request: it is reported, and the names in it
 * are hidden at any depth.
 */
export function readHiddenOfChild(given: unknown, attempts: Attempts): HiddenPath[] {
  if (given === undefined || given === null) return [];
  return attempts.run(
    'redact',
    () => readHidden(given, attempts, namesIn),
    () => {
      const { paths } = Object(given);
      const list = listOf(Array.isArray(given) ? given : paths) ?? [];
      const names = list.filter((path) => typeof path === 'string').flatMap(wordsIn);
      return names.map((name) => ({ names: [name], censor: () => MASK, showsPart: false }));
    },
  );
}

const MAX_PATH = 1000;

function readHidden(
  given: unknown,
  attempts: Attempts,
  namesOf: (path: unknown) => string[],
): HiddenPath[] {
  const options = Array.isArray(given) ? { paths: given } : given;
  if (!isRedactOptions(options)) throw invalid(given);
  const { paths, censor, remove } = options;
  if (remove !== undefined && typeof remove !== 'boolean') throw invalid(given);
  const how = censorOf(censor, remove, attempts);
  return readPaths(paths, namesOf).map((names) => ({ names, ...how }));
}

function isRedactOptions(value: unknown): value is Partial<Record<keyof RedactOptions, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).every((name) => NAMES.includes(name));
}

function invalid(value: unknown): MoneytrailError {
  return invalidOption('redact', value, EXPECTED);
}

function censorOf(given: unknown, remove: unknown, attempts: Attempts): Omit<HiddenPath, 'names'> {
  if (remove === true) return { censor: () => undefined, showsPart: false };
  if (typeof given !== 'function') {
    return { censor: () => (given === undefined ? MASK : given), showsPart: false };
  }
  const censor: Censor = (value, path) =>
    attempts.run(
      'redact.censor',
      () => given(value, path),
      () => MASK,
    );
  return { censor, showsPart: true };
}

function readPaths(list: unknown, namesOf: (path: unknown) => string[]): string[][] {
  const paths = listOf(list);
  if (paths === undefined) throw invalid(list);
  return paths.map(namesOf);
}

function namesIn(path: unknown): string[] {
  const names = typeof path === 'string' ? pathNames(path) : undefined;
  if (names === undefined) throw invalid(path);
  return names;
}

function wordsIn(path: string): string[] {
  const words = path.slice(0, MAX_PATH).split(/[.[\]"'`*,\s]+/);
  return words.filter((word) => word !== '');
}
