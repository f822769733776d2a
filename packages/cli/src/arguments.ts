/** Parses command line arguments. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { codedError, type MoneytrailError } from '@moneytrail/catalogue';
import { ERRORS } from './errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The options of a command, and its argument if it has one. */
type Parsed<Known extends Options> = Pick<
  ReturnType<typeof parseArgs<{ options: Known; allowPositionals: true }>>,
  'values'
> & { readonly file: string };

/** Parses the arguments of a command. Throws `MONEYTRAIL_CLI_USAGE` if they are invalid. */
export function parse<const Known extends Options>(
  args: readonly string[],
  options: Known,
  argument?: string,
): Parsed<Known> {
  const { values, positionals } = attempt(args, options);
  const [file = '', more] = positionals;
  if (argument !== undefined && file === '') throw usage(`${argument} is missing`);
  const surplus = argument === undefined ? file : more;
  if (surplus !== undefined && surplus !== '') throw usage(`unexpected argument ${surplus}`);
  return { values, file };
}

function attempt<const Known extends Options>(
  args: readonly string[],
  options: Known,
): ReturnType<typeof parseArgs<{ options: Known; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const [problem = ''] = String(error)
      .replace(/^TypeError(?: \[\w+\])?: /, '')
      .split('. ', 1);
    throw usage(problem);
  }
}

function usage(problem: string): MoneytrailError {
  return codedError(ERRORS, 'MONEYTRAIL_CLI_USAGE', { problem });
}
