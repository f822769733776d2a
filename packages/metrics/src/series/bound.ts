/** Handles that callers keep: an instrument bound to its attributes. */

/** A counter bound to its attributes. It costs a fraction of a call that passes the attributes each time. */
export interface BoundCounter {
  /**
   * Adds to the counter, 1 by default; money in major units. A number that is negative, not finite or above 2^53 - 1 is
   * rejected and counted.
   */
  add(by?: number): void;
}

/** A gauge bound to its attributes. */
export interface BoundGauge {
  /** Sets the gauge. A number that is not finite is rejected and counted. */
  set(value: number): void;
}

/** A histogram bound to its attributes. */
export interface BoundHistogram {
  /** Records a value in the unit of the instrument. A number that is negative or not finite is rejected and counted. */
  record(value: number): void;
}

/** An instrument whose series can be bound: `with` finds the series of some attributes once. */
export interface Bindable<Labels, Bound> {
  with(attributes: Labels): Bound;
}

/** A handle of any kind, for instruments without a series of these attributes. */
export type AnyBound = BoundCounter & BoundGauge & BoundHistogram;

/** A handle that passes each value on. */
export function boundTo(record: (value: unknown) => void): AnyBound {
  return { add: (by = 1) => record(by), set: record, record };
}
