/** Errors with a code. Each package has its own table in `src/errors.ts`, so that no package ships the texts of another. */
import { OPTION_ERRORS } from './errors.ts';
import { shownValue } from './shown.ts';

/**
 * The errors of a package, by their code. `message` has `{names}` in the place of values; `"{name}"` is quoted as in JSON, and
 * `[, {name}]` is left out where the value is `undefined`. `remedy` says what to do. `docs/errors.md` is written from all tables.
 */
export type ErrorTable = Readonly<
  Record<string, { readonly message: string; readonly remedy: string }>
>;

/** The values that a message of an `ErrorTable` names. */
export type ErrorValues<Message extends string> = {
  readonly [Name in Exclude<NamesIn<Message>, NamesIn<OptionalIn<Message>>>]: string | number;
} & {
  readonly [Name in NamesIn<OptionalIn<Message>>]?: string | number | undefined;
};

/** The names in a message. */
type NamesIn<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** The parts of a message that may be left out. */
type OptionalIn<Message extends string> = Message extends `${string}[${infer Part}]${infer Rest}`
  ? Part | OptionalIn<Rest>
  : never;

/**
 * An error with a code and a section in `docs/errors.md`. It is raised at start-up or by a calculation, never on the path of a
 * payment. A process may have loaded several copies of this class, for which `instanceof` fails; `name` and `code` are the same
 * in all of them.
 *
 * @example
 * ```ts
 * import { MoneytrailError, parseMoney } from '@moneytrail/catalogue';
 * try {
 *   parseMoney('1.234', 'EUR');
 * } catch (error) {
 *   if (error instanceof MoneytrailError) console.log(error.code); // MONEYTRAIL_MONEY_NOT_EXACT
 * }
 * ```
 */
export class MoneytrailError extends Error {
  /** Stable code, also the anchor of its section in `docs/errors.md`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message} (docs/errors.md#${code.toLowerCase()})`);
    this.name = 'MoneytrailError';
    this.code = code;
  }
}

/**
 * Makes an error of a table. Numbers and strings are shown whole; other values, which callers without types may give, in short.
 *
 * @example
 * ```ts
 * import { codedError } from '@moneytrail/catalogue';
 * const ERRORS = {
 *   MONEYTRAIL_SHELF_FULL: { message: 'no room for {item}', remedy: 'Add a shelf.' },
 * } as const;
 * const error = codedError(ERRORS, 'MONEYTRAIL_SHELF_FULL', { item: 'a book' });
 * console.log(error.code); // MONEYTRAIL_SHELF_FULL
 * ```
 */
export function codedError<Table extends ErrorTable, Code extends keyof Table & string>(
  table: Table,
  code: Code,
  values: ErrorValues<Table[Code]['message']>,
): MoneytrailError {
  return new MoneytrailError(code, codedText(table, code, values));
}

/**
 * The text of an error of a table, without its code, as a warning shows it.
 *
 * @example
 * ```ts
 * import { codedText } from '@moneytrail/catalogue';
 * const ERRORS = {
 *   MONEYTRAIL_SHELF_FULL: { message: 'no room for "{item}"[ of {size} m]', remedy: 'Add a shelf.' },
 * } as const;
 * console.log(codedText(ERRORS, 'MONEYTRAIL_SHELF_FULL', { item: 'a book' })); // no room for "a book"
 * ```
 */
export function codedText<Table extends ErrorTable, Code extends keyof Table & string>(
  table: Table,
  code: Code,
  values: ErrorValues<Table[Code]['message']>,
): string {
  return filled(table[code]?.message ?? '', values);
}

/**
 * An error with the code `MONEYTRAIL_OPTION_INVALID`: `name` is not what is `expected`. The value is shown in short.
 *
 * @example
 * ```ts
 * import { invalidOption } from '@moneytrail/catalogue';
 * console.log(invalidOption('size', -1, 'at least 1').code); // MONEYTRAIL_OPTION_INVALID
 * ```
 */
export function invalidOption(name: string, value: unknown, expected: string): MoneytrailError {
  const values = { name, value: shownValue(value), expected };
  return codedError(OPTION_ERRORS, 'MONEYTRAIL_OPTION_INVALID', values);
}

/** One pass, so that braces in a value stay as they are. */
function filled(message: string, values: object): string {
  return message.replaceAll(
    /\[(.*?\{(\w+)\}.*?)\]|"\{(\w+)\}"|\{(\w+)\}/g,
    (_, part: string | undefined, optional, quoted, plain) => {
      const value: unknown = Reflect.get(values, optional ?? quoted ?? plain);
      if (part !== undefined) return value === undefined ? '' : filled(part, values);
      const text = typeof value === 'string' ? value : shownValue(value);
      return plain === undefined ? JSON.stringify(text) : text;
    },
  );
}
