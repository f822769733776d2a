/** One answer of an endpoint, as the official exporters tell it. */
export interface Answer {
  readonly status: 'success' | 'failure' | 'retryable';
  readonly data?: Uint8Array;
  readonly retryInMillis?: number;
  readonly error?: Error;
}

/** What sends the bytes of one request. */
export interface Transport {
  send(data: Uint8Array, timeoutMillis: number): Promise<Answer>;
  shutdown(): void;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 5000;
const PAUSE_GROWTH = 1.5;

/** Why an endpoint that answers did not take a request; exporters have no words for it. */
const NOT_NOW = new Error('the endpoint is overloaded or restarting');

/**
 * Repeats what the endpoint could not take, in growing pauses, until the time for the export is over. Unlike the
 * official one it never holds the process while it waits, and `hurry` ends the waiting when the process ends.
 */
export class RetryingTransport implements Transport {
  readonly #once: Transport;
  readonly #wake: Set<() => void> = new Set();
  #hurried = false;

  /** `once` sends a request a single time. */
  constructor(once: Transport) {
    this.#once = once;
  }

  /** Never rejects for a reason of the network. */
  async send(data: Uint8Array, timeoutMillis: number): Promise<Answer> {
    const deadlineMs = performance.now() + timeoutMillis;
    let pauseMs = FIRST_PAUSE_MS;
    let answer = await this.#once.send(data, timeoutMillis);
    while (answer.status === 'retryable' && !this.#hurried) {
      const waitMs = answer.retryInMillis ?? spread(pauseMs);
      if (performance.now() + waitMs >= deadlineMs) break;
      await this.#pause(waitMs);
      answer = await this.#once.send(data, deadlineMs - performance.now());
      pauseMs = Math.min(pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS);
    }
    // A connection that the endpoint closed while it was idle says nothing about the endpoint.
    if (this.#hurried && isStale(answer)) answer = await this.#once.send(data, timeoutMillis);
    return answer.status === 'retryable' ? { error: NOT_NOW, ...answer } : answer;
  }

  /** From now on each request is sent at once and once: what waits for its next attempt gets it now, as its last. */
  hurry(): void {
    this.#hurried = true;
    for (const wake of this.#wake) wake();
  }

  /** Goes back to patience, for a process that did not end after all. */
  relax(): void {
    this.#hurried = false;
  }

  shutdown(): void {
    this.#once.shutdown();
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

function isStale({ error }: Answer): boolean {
  return error !== undefined && 'code' in error && error.code === 'ECONNRESET';
}

/** A pause up to a fifth shorter or longer, so that many processes do not come back at the same moment. */
function spread(ms: number): number {
  return ms * (0.8 + 0.4 * Math.random());
}
