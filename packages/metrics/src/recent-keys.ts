/** Remembers the newest keys in bounded memory. */

/** Default number of keys. One object with its events takes about 250 bytes. */
export const REMEMBERED = 100_000;

/** The newest keys with their values. The oldest is forgotten first. */
export class RecentKeys<Value> {
  readonly #limit: number;
  readonly #entries: Map<string, Value> = new Map();
  /** One iterator for the lifetime: a new one would step over all deleted entries each time. */
  #byAge: MapIterator<string> | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value of a key, or `undefined` if it was never set or is forgotten. */
  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  /** The value of a key, created if it is unknown. */
  getOrAdd(key: string, make: () => Value): Value {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.set(key, value);
    return value;
  }

  /** Remembers a key. Setting it again does not renew it. */
  set(key: string, value: Value): void {
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#limit) return;
    this.#byAge ??= this.#entries.keys();
    const { value: oldest } = this.#byAge.next();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
