/** The newest ids, so that a repetition is known; the oldest is forgotten first, so memory stays bounded. */
export class RecentIds {
  readonly #limit: number;
  readonly #ids: Set<string> = new Set();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes an id; false when it was taken before. */
  claim(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.#limit) {
      const [oldest] = this.#ids;
      if (oldest !== undefined) this.#ids.delete(oldest);
    }
    return true;
  }

  /** Gives an id back, so that its next delivery is the first again. */
  release(id: string): void {
    this.#ids.delete(id);
  }
}
