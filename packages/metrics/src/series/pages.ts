/** Pages of numbers, which hold the current values of all series. */

/** Numbers of a page. */
const PAGE_SIZE = 1024;

/** A place in a page. It never moves, so that callers may keep it. */
export interface Place {
  readonly page: Float64Array;
  readonly index: number;
}

/** Pages of numbers. They are shared memory, so that a worker can read them. */
export class Pages {
  #page: Float64Array = createPage(0);
  #used = 0;

  /** Reserves a place of so many consecutive numbers, all zero. */
  reserve(size: number): Place {
    if (this.#used + size > this.#page.length) {
      this.#page = createPage(size);
      this.#used = 0;
    }
    const place = { page: this.#page, index: this.#used };
    this.#used += size;
    return place;
  }
}

function createPage(size: number): Float64Array {
  const bytes = Math.max(size, PAGE_SIZE) * Float64Array.BYTES_PER_ELEMENT;
  return new Float64Array(new SharedArrayBuffer(bytes));
}
