/** Links of the service board. */
import { type Link, logsLink, tracesLink } from '../links.ts';
import { logLines } from '../logql.ts';

/** Links from a number of failures to the failed requests and log lines. */
export const toFailures: readonly Link[] = [
  tracesLink('Failed traces', { error: 'true' }),
  logsLink('Warnings and errors', logLines(['warn', 'error', 'fatal'])),
];

/** Links from a number to the traces of its requests. */
export const toTraces: readonly Link[] = [tracesLink('Traces')];
