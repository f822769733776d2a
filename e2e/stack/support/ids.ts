import { createHash } from 'node:crypto';

/** An id that looks random and is the same for the same seed. */
export function hexOf(seed: string, length: 16 | 32 | 64): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, length);
}

/** A run of tests has names of its own, so that what an earlier one left is not counted. */
export function newRun(name: string): string {
  return `${name}-${process.pid}-${Date.now().toString(36)}`;
}

/** The last 56 bits of a trace id are random: those of the uppermost part are kept, whichever Collector sees them. */
export function isInBaseline(traceId: string, percent: number): boolean {
  return Number.parseInt(traceId.slice(18), 16) >= (1 - percent / 100) * 2 ** 56;
}
