import { type Link, logsLink, tracesLink } from '../links.ts';
import { logLines } from '../logql.ts';

/** From a number that tells of failures to what failed. */
export const toFailures: readonly Link[] = [
  tracesLink('Failed traces', { error: 'true' }),
  logsLink('Warnings and errors', logLines(['warn', 'error', 'fatal'])),
];

/** From a number to requests that it counts. */
export const toTraces: readonly Link[] = [tracesLink('Traces')];
