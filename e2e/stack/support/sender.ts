import { setTimeout as wait } from 'node:timers/promises';

/** A signal as the path of OTLP names it. */
export type Signal = 'traces' | 'logs' | 'metrics';

/** Where requests go and with which headers. */
export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How the requests of a sender went. */
export interface SenderReport {
  readonly retries: number;
  readonly longestMs: number;
  /** Answers that were no 2xx, by status; `no answer` for a lost connection or none in time. */
  readonly refusals: ReadonlyMap<string, number>;
}

const TRY_MS = 10_000;
const PAUSE_MS = 100;
const DEADLINE_MS = 900_000;

/** What the SDK of a service is given, as the headers of a request. */
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

/** One request and its status. Rejects when no answer comes. */
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

/** Sends each request again until it is answered with 2xx, so that what was accepted is known exactly. */
export class Sender {
  readonly #target: Target;
  readonly #refusals = new Map<string, number>();
  #retries = 0;
  #longestMs = 0;

  constructor(target: Target) {
    this.#target = target;
  }

  /** Resolves when the request was accepted. Throws when that takes longer than a quarter of an hour or a part of it is refused. */
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
    const answer = await sendOnce(this.#target, signal, body).catch(() => undefined);
    if (answer !== undefined && answer.status >= 200 && answer.status < 300) {
      if (answer.text.includes('rejected')) throw new Error(`refused in part: ${answer.text}`);
      return true;
    }
    const reason = answer === undefined ? 'no answer' : String(answer.status);
    this.#refusals.set(reason, (this.#refusals.get(reason) ?? 0) + 1);
    return false;
  }
}
