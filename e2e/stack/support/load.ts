import { setTimeout as wait } from 'node:timers/promises';
import { logRequest, metricRequest, type PointDraft, traceRequest } from './otlp.ts';
import {
  COUNTER_START_MINOR,
  Counters,
  type Currency,
  EXPONENTS,
  eventIdOf,
  eventOf,
  type Payment,
  paymentNumber,
  resourceOf,
  SPANS_A_TRACE,
  spansOf,
} from './payments.ts';
import { Sender, type SenderReport, type Target } from './sender.ts';

/** Accepted data, by the keys that are searched in the backends. */
export interface Ledger {
  readonly run: string;
  readonly fromMs: number;
  /** Payments by event id. */
  readonly events: ReadonlyMap<string, Payment>;
  /** Payments by trace id. */
  readonly traces: ReadonlyMap<string, Payment>;
  /** Values by time, by the key of the series. */
  readonly samples: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Expected last sample of the counter of each currency, in minor units. */
  readonly totals: ReadonlyMap<Currency, number>;
}

/** A load that runs until it is stopped. */
export interface Load {
  readonly ledger: Ledger;
  readonly report: () => SenderReport;
  /** Stops making payments; resolves when all of them have been accepted. */
  readonly stop: () => Promise<void>;
}

const REQUESTS_PER_SECOND = 10;
const PAYMENTS_A_REQUEST = 3;
/** Maximum number of concurrent requests. */
const MOST_OPEN = 100;
const METRICS_EVERY_MS = 1000;
const TRACES_A_REQUEST = 10;

/** The key of a series: its name in Prometheus. */
function seriesKey(point: Pick<PointDraft, 'name' | 'attributes'>): string {
  const name = `${point.name.replaceAll('.', '_')}_total`;
  const labels = Object.entries(point.attributes)
    .map(([key, value]) => `${key.replaceAll('.', '_')}=${String(value)}`)
    .sort();
  return `${name} ${labels.join(' ')}`;
}

/** Sends the payments of a run until it is stopped: a number of requests per second with spans, and as many with events. */
export function startLoad(
  target: Target,
  run: string,
  requestsPerSecond: number = REQUESTS_PER_SECOND,
): Load {
  const source = new LoadSource(target, run, requestsPerSecond);
  source.start();
  return source;
}

/** The spans of a service, then those of other services in the same traces: each trace arrives in as many requests as it has spans. */
export async function sendInParts(
  target: Target,
  run: string,
  payments: readonly Payment[],
): Promise<void> {
  const sender = new Sender(target);
  const traces = payments.map(spansOf);
  for (let part = 0; part < SPANS_A_TRACE; part += 1) {
    for (let at = 0; at < traces.length; at += TRACES_A_REQUEST) {
      const some = traces.slice(at, at + TRACES_A_REQUEST);
      const spans = some.flatMap((trace) => trace.slice(part, part + 1));
      await sender.send('traces', traceRequest(resourceOf(run), spans));
    }
  }
}

class LoadSource implements Load {
  readonly #sender: Sender;
  readonly #run: string;
  readonly #everyMs: number;
  readonly #counters = new Counters();
  readonly #events = new Map<string, Payment>();
  readonly #traces = new Map<string, Payment>();
  readonly #samples = new Map<string, Map<number, number>>();
  readonly #totals = new Map<Currency, number>();
  readonly #open = new Set<Promise<void>>();
  readonly #fromMs = Date.now();
  #failure: unknown;
  #made = 0;
  #running: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(target: Target, run: string, requestsPerSecond: number) {
    this.#sender = new Sender(target);
    this.#run = run;
    this.#everyMs = 1000 / requestsPerSecond;
  }

  get ledger(): Ledger {
    return {
      run: this.#run,
      fromMs: this.#fromMs,
      events: this.#events,
      traces: this.#traces,
      samples: this.#samples,
      totals: this.#totals,
    };
  }

  start(): void {
    this.#running = Promise.all([this.#makePayments(), this.#exportCounters()]);
  }

  report(): SenderReport {
    return this.#sender.report();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
    await Promise.all(this.#open);
    // The last export is after the last payment, like in a shutdown.
    this.#sendCounters();
    await Promise.all(this.#open);
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #makePayments(): Promise<void> {
    for (let dueMs = Date.now(); !this.#isStopped; dueMs += this.#everyMs) {
      if (this.#open.size < MOST_OPEN) this.#sendPayments();
      await wait(Math.max(0, dueMs + this.#everyMs - Date.now()));
    }
  }

  async #exportCounters(): Promise<void> {
    while (!this.#isStopped) {
      this.#sendCounters();
      await wait(METRICS_EVERY_MS);
    }
  }

  #sendPayments(): void {
    const payments = Array.from({ length: PAYMENTS_A_REQUEST }, () =>
      paymentNumber(this.#run, this.#made++),
    );
    for (const payment of payments) this.#counters.add(payment);
    const resource = resourceOf(this.#run);
    this.#send('traces', traceRequest(resource, payments.flatMap(spansOf)), () => {
      for (const payment of payments) this.#traces.set(payment.traceId, payment);
    });
    this.#send('logs', logRequest(resource, payments.map(eventOf)), () => {
      for (const payment of payments) this.#events.set(eventIdOf(payment), payment);
    });
  }

  #sendCounters(): void {
    const points = this.#counters.points(Date.now());
    for (const currency of Object.keys(EXPONENTS) as Currency[]) {
      this.#totals.set(currency, COUNTER_START_MINOR + this.#counters.minorOf(currency));
    }
    this.#send('metrics', metricRequest(resourceOf(this.#run), points), () => {
      for (const point of points) {
        const key = seriesKey(point);
        const series = this.#samples.get(key) ?? new Map<number, number>();
        this.#samples.set(key, series.set(point.atMs, point.value));
      }
    });
  }

  #send(signal: 'traces' | 'logs' | 'metrics', body: string, accepted: () => void): void {
    const sent = this.#sender
      .send(signal, body)
      .then(accepted, (failure: unknown) => {
        this.#failure ??= failure;
      })
      .finally(() => this.#open.delete(sent));
    this.#open.add(sent);
  }
}
