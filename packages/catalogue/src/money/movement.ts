/** Computes how much money moved and how much of it came back, from single events and reports. */

/** The movements within one object, such as the refunds of one payment, in minor units of one currency. */
export interface Movements {
  /** Done, each with its own event. */
  readonly done: bigint;
  /** The part of `done` that was undone. */
  readonly undone: bigint;
  /** Undone without an event that it was done. */
  readonly onlyUndone: bigint;
  /** Done in total, by the reports of the object, which do not name what moved. */
  readonly reported: bigint;
}

/**
 * How much was done, and how much of that was undone. Events and reports describe the same money, so the greater total
 * counts. An amount that was undone without an event that did it counts up to the excess of the reports over the events.
 *
 * @example
 * ```ts
 * import { settled } from '@moneytrail/catalogue';
 * const sides = { done: 1200n, undone: 0n, onlyUndone: 0n, reported: 5000n };
 * console.log(settled(sides).done); // 5000n
 * ```
 */
export function settled({ done, undone, onlyUndone, reported }: Movements): {
  readonly done: bigint;
  readonly undone: bigint;
} {
  const unnamed = reported > done ? reported - done : 0n;
  const undoneOfUnnamed = onlyUndone < unnamed ? onlyUndone : unnamed;
  return { done: done + unnamed, undone: undone + undoneOfUnnamed };
}
