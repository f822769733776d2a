/** The two times of an arrival: that of the machine and that of the store. */
export interface Arrival {
  /** The machine's time, for what is shown. */
  readonly nowMs: number;
  /** The time of the store's own clock, by which records age. */
  readonly arrivedMs: number;
}
