// Sends requests to one endpoint, and repeats them for as long as it makes sense.
import { type Endpoint, post } from './request.ts';
import { judge, type Outcome } from './response.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 5000;
const PAUSE_GROWTH = 1.5;

/** The longest `Retry-After` that is honoured: one hour. */
const LONGEST_WISH_MS = 3_600_000;

/** A request without a response may have been processed, so its attempts are limited. */
const MAX_TIMEOUTS = 5;

/** The default deadline of a request, by `performance.now()`. */
const NEVER = Number.POSITIVE_INFINITY;

/**
 * All requests of one signal share the pauses, so an endpoint that asks for time gets it from each of them. Waiting never keeps the
 * process alive, and `drain` ends it when the process ends.
 */
export class Sender {
  readonly #endpoint: Endpoint;
  readonly #onTrouble: (reason: string) => void;
  readonly #wake: Set<() => void> = new Set();
  #isDraining = false;
  #pauseMs = FIRST_PAUSE_MS;
  #pauseEndsAtMs = 0;

  /** `onTrouble` is called for each request that did not arrive and is sent again. */
  constructor(endpoint: Endpoint, onTrouble: (reason: string) => void) {
    this.#endpoint = endpoint;
    this.#onTrouble = onTrouble;
  }

  /**
   * Sends a request of `items` items until the endpoint accepts or refuses it, or until `patienceMs` have passed. Never rejects.
   */
  async send(body: Uint8Array, items: number, patienceMs: number = NEVER): Promise<Outcome> {
    const giveUpAtMs = performance.now() + patienceMs;
    let timeouts = 0;
    for (;;) {
      await this.#waitForEndpoint(giveUpAtMs);
      const outcome = await this.#once(body, items);
      this.#learn(outcome);
      if (outcome.kind !== 'later') return outcome;
      if (outcome.cause === 'timeout') timeouts += 1;
      const isOver = this.#isDraining || this.#pauseEndsAtMs >= giveUpAtMs;
      if (isOver || timeouts >= MAX_TIMEOUTS) return outcome;
    }
  }

  /** From now on, each request is sent at once and once. A request that waits for its next attempt gets it now, as its last. */
  drain(): void {
    this.#isDraining = true;
    for (const wake of this.#wake) wake();
  }

  /** Allows repetition again, for a process that did not end after all. */
  resume(): void {
    this.#isDraining = false;
  }

  async #once(body: Uint8Array, items: number): Promise<Outcome> {
    const outcome = await this.#attempt(body, items);
    const isBroken = outcome.kind === 'later' && outcome.isBroken;
    return isBroken ? this.#attempt(body, items) : outcome;
  }

  async #attempt(body: Uint8Array, items: number): Promise<Outcome> {
    const reply = await post(this.#endpoint, body);
    return 'outcome' in reply ? reply.outcome : judge(reply.response, items);
  }

  /** A pause is never shorter than the one before, whatever the endpoint wishes, until a request gets through. */
  #learn(outcome: Outcome): void {
    if (outcome.kind !== 'later') {
      if (outcome.kind === 'accepted') this.#pauseMs = FIRST_PAUSE_MS;
      return;
    }
    if (!this.#isDraining) this.#onTrouble(outcome.reason);
    const wishMs = Math.min(outcome.afterMs ?? 0, LONGEST_WISH_MS);
    const pauseEndsAtMs = performance.now() + Math.max(spread(this.#pauseMs), wishMs);
    // Requests that were under way together share one pause.
    if (pauseEndsAtMs <= this.#pauseEndsAtMs) return;
    if (performance.now() >= this.#pauseEndsAtMs) {
      this.#pauseMs = Math.min(this.#pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS);
    }
    this.#pauseEndsAtMs = pauseEndsAtMs;
  }

  /** After a timer that fires early or late the clock is asked again. */
  async #waitForEndpoint(giveUpAtMs: number): Promise<void> {
    for (;;) {
      const leftMs = Math.min(this.#pauseEndsAtMs, giveUpAtMs) - performance.now();
      if (this.#isDraining || leftMs <= 0) return;
      await this.#pause(leftMs);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#wake.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms).unref();
      this.#wake.add(wake);
    });
  }
}

/** A pause up to a fifth shorter or longer, so that many processes do not come back at the same moment. */
function spread(ms: number): number {
  return ms * (0.8 + 0.4 * Math.random());
}
