/** Facts that a process remembers; a fact is about 100 bytes. */
export const REMEMBERED_FACTS = 100_000;

/** Remembers the newest `limit` keys; the oldest is forgotten first, so memory stays bounded. */
export class BoundedSet {
  readonly #limit: number;
  readonly #keys: Set<string> = new Set();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True the first time a key is seen within the memory. */
  claim(key: string): boolean {
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    if (this.#keys.size > this.#limit) {
      for (const oldest of this.#keys) {
        this.#keys.delete(oldest);
        break;
      }
    }
    return true;
  }
}
