/**
 * Work that is finished even when its caller has disconnected, because a payer who closes the browser has still paid. The
 * shutdown of the service waits for it.
 */
export class PendingWork {
  readonly #work = new Set<Promise<unknown>>();

  /** Adds a piece of work and returns it. */
  add<Result>(work: Promise<Result>): Promise<Result> {
    this.#work.add(work);
    const forget = (): boolean => this.#work.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** Resolves when all work is finished. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }
}
