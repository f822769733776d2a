/**
 * Work that is finished even when its caller has gone away: a payer who closes the window has paid all the same. The end of
 * the service waits for it.
 */
export class UnderWay {
  readonly #work = new Set<Promise<unknown>>();

  /** Adds a piece of work and gives it back. */
  add<Result>(work: Promise<Result>): Promise<Result> {
    this.#work.add(work);
    const forget = (): boolean => this.#work.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }
}
