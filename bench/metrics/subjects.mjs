/** What is compared: each subject counts and records 100 series of three attributes, as its documentation shows. */
import { createRequire } from 'node:module';

const SETS = {
  currency: ['eur', 'usd', 'gbp', 'jpy', 'chf'],
  method: ['card', 'sepa', 'wallet', 'bank'],
  status: ['succeeded', 'failed', 'canceled', 'blocked', 'expired'],
};
const NAMES = Object.keys(SETS);
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30];

/** The attributes of each series. */
export const SERIES = SETS.currency.flatMap((currency) =>
  SETS.method.flatMap((method) => SETS.status.map((status) => ({ currency, method, status }))),
);

/** One call for a series: `count(currency, method, status)` and `record(value, currency, method, status)`, or by number. */
export const SUBJECTS = {
  floor: () => {
    const numbers = new Float64Array(SERIES.length);
    return {
      count: (index) => {
        numbers[index] += 1;
      },
      record: (index, value) => {
        numbers[index] += value;
      },
    };
  },
  'moneytrail, bound': async () => {
    const recorder = await ours();
    const counters = SERIES.map((one) => recorder.counter('payments').with(one));
    const histograms = SERIES.map((one) => recorder.histogram('duration').with(one));
    return {
      count: (index) => counters[index].add(1),
      record: (index, value) => histograms[index].record(value),
    };
  },
  moneytrail: async () => {
    const { count, recordValue } = await ours();
    return {
      count: (index) => {
        const { currency, method, status } = SERIES[index];
        count('payments', { currency, method, status }, 1);
      },
      record: (index, value) => {
        const { currency, method, status } = SERIES[index];
        recordValue('duration', value, { currency, method, status });
      },
    };
  },
  'prom-client': (load) => {
    const { counter, histogram } = promClient(load);
    return {
      count: (index) => {
        const { currency, method, status } = SERIES[index];
        counter.inc({ currency, method, status }, 1);
      },
      record: (index, value) => {
        const { currency, method, status } = SERIES[index];
        histogram.observe({ currency, method, status }, value);
      },
    };
  },
  'prom-client, child': (load) => {
    const { counter, histogram } = promClient(load);
    const counters = SERIES.map((one) => counter.labels(one));
    const histograms = SERIES.map((one) => histogram.labels(one));
    return {
      count: (index) => counters[index].inc(1),
      record: (index, value) => histograms[index].observe(value),
    };
  },
  'OpenTelemetry SDK': () => openTelemetry(1),
  'OpenTelemetry SDK, two readers': () => openTelemetry(2),
  'dd-trace': (load) => {
    const { dogstatsd } = load('dd-trace').init({ startupLogs: false, plugins: false });
    return {
      count: (index) => {
        const { currency, method, status } = SERIES[index];
        dogstatsd.increment('payments', 1, { currency, method, status });
      },
      record: (index, value) => {
        const { currency, method, status } = SERIES[index];
        dogstatsd.distribution('duration', value, { currency, method, status });
      },
    };
  },
  'hot-shots': (load) => {
    const client = new (load('hot-shots'))({
      mock: true,
      maxBufferSize: 1432,
      bufferFlushInterval: 1000,
    });
    client.mockBuffer = { push: () => 0 };
    return {
      count: (index) => {
        const { currency, method, status } = SERIES[index];
        client.increment('payments', 1, { currency, method, status });
      },
      record: (index, value) => {
        const { currency, method, status } = SERIES[index];
        client.distribution('duration', value, { currency, method, status });
      },
    };
  },
};

async function ours() {
  const { createRecorder, defineCatalogue } = await import('@moneytrail/metrics');
  const values = (list) => Object.fromEntries(list.map((one) => [one, one]));
  const attributes = Object.fromEntries(
    Object.entries(SETS).map(([name, list]) => [
      name,
      { kind: 'set', help: name, values: values(list) },
    ]),
  );
  const catalogue = defineCatalogue({
    prefix: 'bench',
    attributes,
    instruments: {
      payments: { kind: 'counter', unit: '{payment}', help: 'Payments.', attributes: NAMES },
      duration: { kind: 'histogram', unit: 's', help: 'Time.', attributes: NAMES, buckets: BOUNDS },
    },
  });
  return createRecorder(catalogue, { isolated: true });
}

function promClient(load) {
  const { Counter, Histogram } = load('prom-client');
  return {
    counter: new Counter({ name: 'payments', help: 'Payments.', labelNames: NAMES }),
    histogram: new Histogram({
      name: 'duration',
      help: 'Time.',
      labelNames: NAMES,
      buckets: BOUNDS,
    }),
  };
}

function openTelemetry(readers) {
  const require = createRequire(import.meta.url);
  const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');
  class Manual extends MetricReader {
    async onForceFlush() {}
    async onShutdown() {}
  }
  const list = Array.from({ length: readers }, () => new Manual());
  const meter = new MeterProvider({ readers: list }).getMeter('bench');
  const counter = meter.createCounter('payments');
  const histogram = meter.createHistogram('duration', {
    advice: { explicitBucketBoundaries: BOUNDS },
  });
  return {
    count: (index) => {
      const { currency, method, status } = SERIES[index];
      counter.add(1, { currency, method, status });
    },
    record: (index, value) => {
      const { currency, method, status } = SERIES[index];
      histogram.record(value, { currency, method, status });
    },
    collect: () => Promise.all(list.map((reader) => reader.collect())),
  };
}
