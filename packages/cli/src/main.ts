#!/usr/bin/env node
/** The program `moneytrail`. */
import { runCli } from './run.ts';

// A reader that closes the pipe early, such as `head`, is not an error.
process.stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  colours: process.stdout.isTTY && !process.env['NO_COLOR'],
  env: process.env,
});
