/** The first value of a series is growth, too: whoever reads the metrics is shown the zero before it. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { run } from './support/process.ts';
import { readPrometheus } from './support/prometheus-text.ts';
import { type attributeOf, type Receiver, startReceiver } from './support/receiver.ts';
import { endPrograms, start } from './support/scrape.ts';

jest.setTimeout(40_000);

const SALES = new URL('./fixtures/sales.ts', import.meta.url).pathname;
const receivers: Receiver[] = [];

afterEach(async () => {
  await endPrograms();
  for (const receiver of receivers.splice(0)) await receiver.close();
});

interface SentPoint {
  readonly timeUnixNano: string;
  readonly startTimeUnixNano: string;
  readonly asDouble?: number;
  readonly count?: number;
  readonly attributes: Parameters<typeof attributeOf>[0]['attributes'];
}

async function receive(): Promise<Receiver> {
  const receiver = await startReceiver();
  receivers.push(receiver);
  return receiver;
}

interface SentMetric {
  readonly name: string;
  readonly sum?: { readonly dataPoints: readonly SentPoint[] };
  readonly histogram?: { readonly dataPoints: readonly SentPoint[] };
}

interface SentRequest {
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly SentMetric[] }[];
  }[];
}

/** Points of the totals of the catalogue by series, in the order in which they were accepted. */
function sent(bodies: readonly string[]): Map<string, SentPoint[]> {
  const metrics = bodies
    .map((body): SentRequest => JSON.parse(body))
    .flatMap(({ resourceMetrics = [] }) => resourceMetrics)
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    .filter(({ name }) => name.startsWith('moneytrail.'));
  const points = metrics.flatMap(({ name, sum, histogram }) =>
    [sum, histogram]
      .flatMap((one) => one?.dataPoints ?? [])
      .map((point) => ({ key: JSON.stringify([name, point.attributes]), point })),
  );
  return new Map(
    [...Map.groupBy(points, ({ key }) => key)].map(([key, all]) => [
      key,
      all.map((one) => one.point),
    ]),
  );
}

function counted(point: SentPoint | undefined): number {
  return Number(point?.count ?? point?.asDouble);
}

/** Each series begins at zero, and its times ascend. */
function expectZeroFirst(series: ReadonlyMap<string, readonly SentPoint[]>): void {
  for (const [key, points] of series) {
    expect([key, counted(points[0])]).toEqual([key, 0]);
    const times = points.map(({ timeUnixNano }) => BigInt(timeUnixNano));
    for (const [index, time] of times.entries()) {
      expect([key, time > (times[index - 1] ?? 0n)]).toEqual([key, true]);
    }
    for (const { timeUnixNano, startTimeUnixNano } of points) {
      expect(BigInt(startTimeUnixNano)).toBeLessThanOrEqual(BigInt(timeUnixNano));
    }
  }
}

/** Money that the points say was captured. */
function volume(series: ReadonlyMap<string, readonly SentPoint[]>): number {
  const volumes = [...series].filter(([key]) => key.includes('payment.volume'));
  return volumes.reduce((all, [, points]) => all + counted(points.at(-1)), 0);
}

describe('over OTLP', () => {
  const ENVIRONMENT = { OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };

  it('a process that ends at once sends zeros first, and then everything', async () => {
    const receiver = await receive();
    const program = run([SALES, 'EUR', 'EUR', 'USD'], {
      ...ENVIRONMENT,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    });
    await program.seen(/ready/);
    program.end();
    expect((await program.ended).code).toBe(0);
    const series = sent(receiver.bodies);
    expectZeroFirst(series);
    expect(volume(series)).toBe(30);
  });

  it('a series that begins later does so at zero, too', async () => {
    const receiver = await receive();
    const program = run([SALES, 'EUR'], {
      ...ENVIRONMENT,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_METRIC_EXPORT_INTERVAL: '300',
    });
    for (const currency of ['USD', 'SEK', 'USD']) {
      await wait(500);
      program.write(`${currency}\n`);
    }
    program.end();
    await program.ended;
    const series = sent(receiver.bodies);
    expectZeroFirst(series);
    expect(volume(series)).toBe(40);
    expect([...series.keys()].filter((key) => key.includes('"SEK"'))).not.toEqual([]);
  });

  it('an endpoint that was away is sent the zeros once it is there', async () => {
    const receiver = await receive();
    receiver.behaviour = { status: 503 };
    const program = run([SALES, 'EUR'], {
      ...ENVIRONMENT,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_METRIC_EXPORT_INTERVAL: '300',
    });
    await program.seen(/ready/);
    await wait(2500);
    const refused = receiver.bodies.length;
    expect(refused).toBeGreaterThan(0);
    receiver.behaviour = { status: 200 };
    program.write('USD\n');
    await program.seen(/paid 2/);
    await wait(3000);
    program.end();
    await program.ended;
    const series = sent(receiver.bodies.slice(refused));
    expectZeroFirst(series);
    expect(volume(series)).toBe(20);
  });
});

describe('at /metrics', () => {
  /** Payments in a currency, as somebody is shown them; `undefined` where there is no such series. */
  async function paidIn(
    port: number,
    currency: string,
    headers: Record<string, string>,
  ): Promise<number | undefined> {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers });
    const { samples } = readPrometheus(await response.text());
    const found = samples.filter(
      ({ name, labels }) =>
        name === 'moneytrail_payment_amount_count' && labels.get('money_currency') === currency,
    );
    return found[0]?.value;
  }

  const scraper = (agent: string): Record<string, string> => ({
    'x-prometheus-scrape-timeout-seconds': '10',
    'user-agent': agent,
  });

  /** A text is used again for this time. */
  const nextText = (): Promise<void> => wait(1100);

  it('each scraper is shown a new series at zero once, and anybody else what it counts', async () => {
    const { program, port } = await start([SALES, 'EUR']);
    await program.seen(/ready/);
    await wait(500);
    expect(await paidIn(port, 'EUR', scraper('one'))).toBe(1);
    await nextText();
    expect(await paidIn(port, 'USD', scraper('two'))).toBeUndefined();
    program.write('USD\nUSD\n');
    await program.seen(/paid 3/);
    await nextText();
    expect(await paidIn(port, 'USD', {})).toBe(2);
    expect(await paidIn(port, 'USD', scraper('one'))).toBe(0);
    expect(await paidIn(port, 'EUR', scraper('one'))).toBe(1);
    await nextText();
    expect(await paidIn(port, 'USD', scraper('one'))).toBe(2);
    expect(await paidIn(port, 'USD', scraper('two'))).toBe(0);
    await nextText();
    expect(await paidIn(port, 'USD', scraper('two'))).toBe(2);
    expect(await paidIn(port, 'USD', scraper('three'))).toBe(2);
  });
});
