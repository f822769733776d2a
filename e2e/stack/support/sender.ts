import { setTimeout as wait } from 'node:timers/promises';

/** A signal, by its name in the OTLP path. */
export type Signal = 'traces' | 'logs' | 'metrics';

/** The endpoint and headers of requests. */
export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The results of the requests of a sender. */
export interface SenderReport {
  readonly retries: number;
  readonly longestMs: number;
  /** Responses other than 2xx, by status; `no response` for a lost connection or a timeout. */
  readonly refusals: ReadonlyMap<string, number>;
}

const TRY_MS = 10_000;
const PAUSE_MS = 100;
const DEADLINE_MS = 900_000;

/** The variables of the SDK as headers of a request. */
export function targetOf(env: Readonly<Record<string, string>>): Target {
  const pairs = (env['OTEL_EXPORTER_OTLP_HEADERS'] ?? '').split(',').filter((pair) => pair !== '');
  return {
    url: env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '',
    headers: Object.fromEntries(
      pairs.map((pair) => {
        const [name = '', value = ''] = pair.split('=', 2);
        return [name, decodeURIComponent(value)];
      }),
    ),
  };
}

/** One request and its status. Rejects without a response. */
export async function sendOnce(
  target: Target,
  signal: Signal,
  body: string,
  timeoutMs: number = TRY_MS,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${target.url}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...target.headers },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: response.status, text: await response.text() };
}

/** Repeats each request until its response is 2xx, so that the accepted data is known exactly. */
export class Sender {
  readonly #target: Target;
  readonly #refusals = new Map<string, number>();
  #retries = 0;
  #longestMs = 0;

  constructor(target: Target) {
    this.#target = target;
  }

  /** Resolves when the request was accepted. Throws after 15 minutes, or when a part of it is rejected. */
  async send(signal: Signal, body: string): Promise<void> {
    const fromMs = Date.now();
    while (!(await this.#try(signal, body))) {
      if (Date.now() - fromMs > DEADLINE_MS) throw new Error(`${signal} not accepted in time`);
      this.#retries += 1;
      await wait(PAUSE_MS);
    }
    this.#longestMs = Math.max(this.#longestMs, Date.now() - fromMs);
  }

  report(): SenderReport {
    return {
      retries: this.#retries,
      longestMs: this.#longestMs,
      refusals: this.#refusals,
    };
  }

  async #try(signal: Signal, body: string): Promise<boolean> {
    const response = await sendOnce(this.#target, signal, body).catch(() => undefined);
    if (response !== undefined && response.status >= 200 && response.status < 300) {
      if (response.text.includes('rejected')) throw new Error(`refused in part: ${response.text}`);
      return true;
    }
    const reason = response === undefined ? 'no response' : String(response.status);
    this.#refusals.set(reason, (this.#refusals.get(reason) ?? 0) + 1);
    return false;
  }
}
