/** Facts and objects that a process remembers; one takes about 100 bytes. */
const REMEMBERED = 100_000;

/** Remembers the newest keys with a value each; the oldest is forgotten first, so memory stays bounded. */
export class Memory<Value> {
  readonly #entries: Map<string, Value> = new Map();

  /** The value of a key, or `undefined` when it was never set or is forgotten. */
  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  /** Remembers a key; setting it again does not make it younger. */
  set(key: string, value: Value): void {
    this.#entries.set(key, value);
    if (this.#entries.size <= REMEMBERED) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}

/** True the first time a key is seen within the memory. */
export function claim(memory: Memory<true>, key: string): boolean {
  if (memory.get(key)) return false;
  memory.set(key, true);
  return true;
}
