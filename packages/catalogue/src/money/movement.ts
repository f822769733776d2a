// Money that moved, and how much of it came back, from what single facts and reports say.

/** What is known of the movements within one object, such as the refunds of one payment, in minor units of one currency. */
export interface Movements {
  /** Done, each by its own fact. */
  readonly done: bigint;
  /** The part of `done` that was undone. */
  readonly undone: bigint;
  /** Undone without a fact that it had been done. */
  readonly onlyUndone: bigint;
  /** Done in all, by the reports of the object, which do not say what moved. */
  readonly reported: bigint;
}

/**
 * What was done and what of it was undone. Facts and reports are two accounts of the same money, so the greater one counts. What
 * was undone without having been done counts as far as the reports know of more than the facts.
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
