/** The two times of an arrival. */
export interface Arrival {
  /** The machine's time, for what is shown. */
  readonly nowMs: number;
  /** The time of the store's own clock, by which records age. */
  readonly arrivedMs: number;
}
