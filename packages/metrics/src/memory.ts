/** Objects that a process remembers; one takes about 250 bytes. */
const REMEMBERED = 100_000;

/** Remembers the newest keys with a value each; the oldest is forgotten first, so memory stays bounded. */
export class Memory<Value> {
  readonly #entries: Map<string, Value> = new Map();
  /** One iterator for good: a new one would step over everything that was deleted before, each time. */
  #byAge: MapIterator<string> | undefined;

  /** The value of a key, or `undefined` when it was never set or is forgotten. */
  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  /** Remembers a key; setting it again does not make it younger. */
  set(key: string, value: Value): void {
    this.#entries.set(key, value);
    if (this.#entries.size <= REMEMBERED) return;
    this.#byAge ??= this.#entries.keys();
    const { value: oldest } = this.#byAge.next();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
