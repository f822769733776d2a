import { createHash } from 'node:crypto';

/** A pseudorandom id, the same for the same seed. */
export function hexOf(seed: string, length: 16 | 32 | 64): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, length);
}

/** A unique name for a test run, so that data of earlier runs is not counted. */
export function newRun(name: string): string {
  return `${name}-${process.pid}-${Date.now().toString(36)}`;
}

/** The last 56 bits of a trace id are random: ids in the highest part of the range are kept, by every Collector. */
export function isInBaseline(traceId: string, percent: number): boolean {
  return Number.parseInt(traceId.slice(18), 16) >= (1 - percent / 100) * 2 ** 56;
}
