// Remembers the newest ids, so that a repetition is recognised.

/** The newest ids; the oldest is forgotten first, so that memory stays bounded. */
export class RecentIds {
  readonly #limit: number;
  readonly #ids: Set<string> = new Set();
  /** One iterator for the whole life: a new one would step over everything that was deleted before, each time. */
  #byAge: SetIterator<string> | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds an id; false when it is known already. */
  addIfNew(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.#limit) this.#forgetOldest();
    return true;
  }

  /** Whether an id is known. */
  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Forgets an id, so that its next delivery is the first again. */
  forget(id: string): void {
    this.#ids.delete(id);
  }

  #forgetOldest(): void {
    this.#byAge ??= this.#ids.values();
    const { value: oldest } = this.#byAge.next();
    if (oldest !== undefined) this.#ids.delete(oldest);
  }
}
