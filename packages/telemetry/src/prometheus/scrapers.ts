// Who scrapes, and which series each of them knows: Prometheus sees no growth in the first value of a series, unless it was zero before.
import type { IncomingMessage } from 'node:http';

/** Prometheus sends it, and so does who scrapes like it. A person who looks at the page does not. */
const SCRAPER = 'x-prometheus-scrape-timeout-seconds';

/** Scrapers of one target are few. Of one that was forgotten, every series counts as known. */
const MAX_SCRAPERS = 64;

/** The scrapers of the endpoint. */
export class Scrapers {
  readonly #lastMs: Map<string, number> = new Map();

  /** When the last text of this scraper was collected; `undefined` for its first one, and for anybody else. */
  lastOf(request: IncomingMessage): number | undefined {
    return this.#lastMs.get(keyOf(request));
  }

  /** Notes which text a scraper has got. */
  note(request: IncomingMessage, collectedMs: number): void {
    if (request.headers[SCRAPER] === undefined || request.method !== 'GET') return;
    const key = keyOf(request);
    this.#lastMs.delete(key);
    this.#lastMs.set(key, collectedMs);
    const [oldest = key] = this.#lastMs.keys();
    if (this.#lastMs.size > MAX_SCRAPERS) this.#lastMs.delete(oldest);
  }
}

function keyOf({ socket, headers }: IncomingMessage): string {
  return headers[SCRAPER] === undefined
    ? ''
    : `${socket.remoteAddress} ${String(headers['user-agent']).slice(0, 200)}`;
}
