/** The commands by name. */
import { codedError, MoneytrailError } from '@moneytrail/catalogue';
import { checkCommand, docsCommand } from './catalogue/commands.ts';
import { ERRORS } from './errors.ts';
import { type CliIo, EXIT } from './io.ts';
import { lintCommand } from './lint-command.ts';
import { printCommand } from './print-command.ts';
import { USAGE } from './usage.ts';

type Command = (args: readonly string[], io: CliIo) => number | Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  'catalogue check': checkCommand,
  'catalogue docs': docsCommand,
  'collector lint': lintCommand,
  'collector print': printCommand,
};

/**
 * Runs a command and returns its exit code: 0 without findings, 1 with findings, 2 for wrong use or an unreadable file.
 * Never rejects because of user input.
 *
 * @example
 * ```ts
 * import { runCli } from '@moneytrail/cli';
 *
 * const lines: string[] = [];
 * const write = (text: string): void => void lines.push(text);
 * const code = await runCli(['collector', 'print', '--profile', 'dev'], {
 *   out: write, error: write, colours: false, env: {},
 * });
 * console.log(code, lines.join('').includes('otlp_http/jaeger')); // 0 true
 * ```
 */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
    io.out(USAGE);
    return args.length === 0 ? EXIT.failed : EXIT.clean;
  }
  try {
    const name = args.slice(0, 2).join(' ');
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined)
      throw codedError(ERRORS, 'MONEYTRAIL_CLI_USAGE', {
        problem: `unknown command \`${name}\`; commands: \`${Object.keys(COMMANDS).join('`, `')}\``,
      });
    return await command(args.slice(2), io);
  } catch (error) {
    if (!(error instanceof MoneytrailError)) throw error;
    io.error(`${error.message}\n`);
    return EXIT.failed;
  }
}
