/** The command line as a function. The program is `main.ts`. */

export type { CliIo } from './io.ts';
export { runCli } from './run.ts';
