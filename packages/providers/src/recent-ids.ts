/** The newest ids, so that a repetition is known; the oldest is forgotten first, so memory stays bounded. */
export class RecentIds {
  readonly #limit: number;
  readonly #ids: Set<string> = new Set();
  /** One iterator for good: a new one would step over everything that was deleted before, each time. */
  #byAge: SetIterator<string> | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes an id; false when it was taken before. */
  claim(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.#limit) this.#forgetOldest();
    return true;
  }

  /** Whether an id was taken. */
  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Gives an id back, so that its next delivery is the first again. */
  release(id: string): void {
    this.#ids.delete(id);
  }

  #forgetOldest(): void {
    this.#byAge ??= this.#ids.values();
    const { value: oldest } = this.#byAge.next();
    if (oldest !== undefined) this.#ids.delete(oldest);
  }
}
