// Remembers the newest keys of anything, so that memory stays bounded.

/** Keys that are remembered unless an option says otherwise; one object with its events takes about 250 bytes. */
export const REMEMBERED = 100_000;

/** The newest keys with a value each; the oldest is forgotten first. */
export class RecentKeys<Value> {
  readonly #limit: number;
  readonly #entries: Map<string, Value> = new Map();
  /** One iterator for the whole life: a new one would step over everything that was deleted before, each time. */
  #byAge: MapIterator<string> | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value of a key, or `undefined` when it was never set or is forgotten. */
  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  /** The value of a key, which is made and remembered when it is not known. */
  getOrAdd(key: string, make: () => Value): Value {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.set(key, value);
    return value;
  }

  /** Remembers a key; setting it again does not make it younger. */
  set(key: string, value: Value): void {
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#limit) return;
    this.#byAge ??= this.#entries.keys();
    const { value: oldest } = this.#byAge.next();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
