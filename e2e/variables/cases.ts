/** The expected effect of each standard variable: at the endpoint, at the end of the service, and in its output. */
import type { Ended } from '../../packages/telemetry/test/support/process.ts';
import {
  attributeOf,
  type Behaviour,
  type LogRecord,
  type Metric,
  type Receiver,
  type Span,
} from '../../packages/telemetry/test/support/receiver.ts';

/** The observed results of a service that ran with some variables. */
export interface Seen extends Ended {
  readonly receiver: Receiver;
  /** Spans and records that arrived before the shutdown started. */
  readonly early: { readonly spans: number; readonly records: number };
}

/** One variable, a value, and its effect. The test replaces `{url}`, `{port}`, `{secure}`, `{guarded}` and `{folder}`. */
export interface Case {
  readonly env: Readonly<Record<string, string>>;
  readonly sees: (seen: Seen) => unknown;
  readonly is: unknown;
  /** How the endpoint behaves; by default it accepts everything. */
  readonly behaviour?: Behaviour;
  /** Running time of the service, in milliseconds. */
  readonly stayMs?: number;
  /** An address that the service requests once. */
  readonly scrapes?: string;
}

const TEXT_LENGTH = 260;
const DELTA = 1;
const MONEY = ['1999', 'pi_1'];

const work = ({ receiver }: Seen): Span | undefined =>
  receiver.spans.find(({ name }) => name === 'work');
const line = ({ receiver }: Seen): LogRecord | undefined =>
  receiver.records.find(({ eventName }) => eventName === undefined);
/** Amount and payment of an event, which attribute limits never truncate. */
const moneyOf = ({ receiver }: Seen): (string | undefined)[] => {
  const event = receiver.records.find(({ eventName }) => eventName !== undefined);
  return event ? [attributeOf(event, 'money.amount_minor'), attributeOf(event, 'payment.id')] : [];
};
const metric = ({ receiver }: Seen, name: string): Metric | undefined =>
  receiver.metrics.find((one) => one.name === name);
const lettersOf = (item: Span | LogRecord | undefined): number | undefined =>
  item && attributeOf(item, 'a')?.length;
const namesOf = (item: Span | LogRecord | undefined): string[] =>
  (item?.attributes ?? []).map(({ key }) => key).filter((key) => /^[a-d]$/.test(key));
const resource = ({ receiver }: Seen, name: string): string | undefined =>
  attributeOf({ attributes: receiver.resource }, name);
const arrived = ({ receiver }: Seen): string[] => [
  ...(receiver.spans.length > 0 ? ['traces'] : []),
  ...(receiver.metrics.length > 0 ? ['metrics'] : []),
  ...(receiver.records.length > 0 ? ['logs'] : []),
];
const encodings = ({ receiver }: Seen): unknown => receiver.encodings;
const timedOut = ({ stderr }: Seen): string[] =>
  ['traces', 'metrics', 'logs'].filter((signal) =>
    new RegExp(`of ${signal} were dropped \\(timeout\\)`).test(stderr),
  );
const headersTo = (path: string, name: string) => (seen: Seen) =>
  seen.receiver.headers[path]?.[name];

const ALL = ['traces', 'metrics', 'logs'];
const SLOW: Behaviour = { status: 200, delayMs: 600 };
const SIGNALS = ['TRACES', 'METRICS', 'LOGS'];
const EACH = SIGNALS.map((name) => ({
  name,
  signal: name.toLowerCase(),
  path: `/v1/${name.toLowerCase()}`,
}));
const PROTOBUF = 'application/x-protobuf';
const CA = '{folder}/ca.pem';
const CERT = '{folder}/client.pem';
const KEY = '{folder}/client.key';
const GUARDED = {
  OTEL_EXPORTER_OTLP_ENDPOINT: '{guarded}',
  OTEL_EXPORTER_OTLP_CERTIFICATE: CA,
};
const SCRAPED = { OTEL_METRICS_EXPORTER: 'prometheus' };

/** The OTLP variables, for all signals and for each. */
const OTLP: Readonly<Record<string, Case>> = {
  OTEL_EXPORTER_OTLP_ENDPOINT: { env: {}, sees: arrived, is: ALL },
  OTEL_EXPORTER_OTLP_PROTOCOL: {
    env: { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' },
    sees: encodings,
    is: { '/v1/traces': PROTOBUF, '/v1/metrics': PROTOBUF, '/v1/logs': PROTOBUF },
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    env: { OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b' },
    sees: (seen) => EACH.map(({ path }) => headersTo(path, 'x-key')(seen)),
    is: ['a b', 'a b', 'a b'],
  },
  OTEL_EXPORTER_OTLP_TIMEOUT: {
    env: { OTEL_EXPORTER_OTLP_TIMEOUT: '100' },
    behaviour: SLOW,
    sees: timedOut,
    is: ALL,
  },
  OTEL_EXPORTER_OTLP_COMPRESSION: {
    env: { OTEL_EXPORTER_OTLP_COMPRESSION: 'GZIP' },
    sees: (seen) => EACH.map(({ path }) => headersTo(path, 'content-encoding')(seen)),
    is: ['gzip', 'gzip', 'gzip'],
  },
  OTEL_EXPORTER_OTLP_CERTIFICATE: {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: '{secure}', OTEL_EXPORTER_OTLP_CERTIFICATE: CA },
    sees: arrived,
    is: ALL,
  },
  OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: {
    env: {
      ...GUARDED,
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: CERT,
      OTEL_EXPORTER_OTLP_CLIENT_KEY: KEY,
    },
    sees: arrived,
    is: ALL,
  },
  OTEL_EXPORTER_OTLP_CLIENT_KEY: {
    env: { ...GUARDED, OTEL_EXPORTER_OTLP_CLIENT_KEY: KEY },
    sees: arrived,
    is: [],
  },
  ...forEach('ENDPOINT', ({ path }) => ({
    value: `{url}/other${path}`,
    sees: ({ receiver }) => receiver.headers[`/other${path}`] !== undefined,
    is: true,
  })),
  ...forEach('PROTOCOL', ({ path }) => ({
    value: 'http/protobuf',
    sees: ({ receiver }) =>
      Object.keys(receiver.encodings).filter((one) => receiver.encodings[one] === PROTOBUF),
    is: [path],
  })),
  ...forEach('HEADERS', ({ path }) => ({
    value: 'x-key=own',
    sees: ({ receiver }) =>
      EACH.filter((one) => receiver.headers[one.path]?.['x-key'] === 'own').map((one) => one.path),
    is: [path],
  })),
  ...forEach('TIMEOUT', ({ signal }) => ({
    value: '100',
    behaviour: SLOW,
    sees: timedOut,
    is: [signal],
  })),
  ...forEach('COMPRESSION', ({ path }) => ({
    value: 'gzip',
    sees: ({ receiver }) =>
      EACH.filter((one) => receiver.headers[one.path]?.['content-encoding'] === 'gzip').map(
        (one) => one.path,
      ),
    is: [path],
  })),
  ...forEach('CERTIFICATE', ({ signal }) => ({
    value: CA,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: '{secure}' },
    sees: arrived,
    is: [signal],
  })),
  ...forEach('CLIENT_CERTIFICATE', ({ signal }) => ({
    value: CERT,
    env: { ...GUARDED, OTEL_EXPORTER_OTLP_CLIENT_KEY: KEY },
    sees: arrived,
    is: [signal],
  })),
  ...forEach('CLIENT_KEY', ({ name, signal }) => ({
    value: KEY,
    env: { ...GUARDED, [`OTEL_EXPORTER_OTLP_${name}_CLIENT_CERTIFICATE`]: CERT },
    sees: arrived,
    is: [signal],
  })),
};

function forEach(
  name: string,
  make: (signal: (typeof EACH)[number]) => Omit<Case, 'env'> & { value: string; env?: Case['env'] },
): Record<string, Case> {
  const cases = EACH.map((signal) => {
    const variable = `OTEL_EXPORTER_OTLP_${signal.name}_${name}`;
    const { value, env, ...one } = make(signal);
    return [variable, { ...one, env: { ...env, [variable]: value } }] as const;
  });
  return Object.fromEntries(cases);
}

/** All cases. */
export const CASES: Readonly<Record<string, Case>> = {
  ...OTLP,
  OTEL_SDK_DISABLED: { env: { OTEL_SDK_DISABLED: 'True' }, sees: arrived, is: [] },
  OTEL_TRACES_EXPORTER: {
    env: { OTEL_TRACES_EXPORTER: 'none' },
    sees: arrived,
    is: ['metrics', 'logs'],
  },
  OTEL_METRICS_EXPORTER: {
    env: { OTEL_METRICS_EXPORTER: 'None' },
    sees: arrived,
    is: ['traces', 'logs'],
  },
  OTEL_LOGS_EXPORTER: {
    env: { OTEL_LOGS_EXPORTER: 'none' },
    sees: arrived,
    is: ['traces', 'metrics'],
  },
  OTEL_EXPORTER_PROMETHEUS_PORT: {
    env: { ...SCRAPED, OTEL_EXPORTER_PROMETHEUS_PORT: '{port}' },
    scrapes: 'http://127.0.0.1:{port}/metrics',
    sees: ({ stdout }) => /scraped (\d+)/.exec(stdout)?.[1],
    is: '200',
  },
  OTEL_EXPORTER_PROMETHEUS_HOST: {
    env: {
      ...SCRAPED,
      OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.5',
      OTEL_EXPORTER_PROMETHEUS_PORT: '{port}',
    },
    scrapes: 'http://127.0.0.5:{port}/metrics',
    sees: ({ stdout }) => /scraped (\d+)/.exec(stdout)?.[1],
    is: '200',
  },
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: {
    env: { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'Delta' },
    sees: (seen) => metric(seen, 'app.work')?.sum?.aggregationTemporality,
    is: DELTA,
  },
  OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: {
    env: {
      OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION:
        'base2_exponential_bucket_histogram',
    },
    sees: (seen) => metric(seen, 'app.duration')?.exponentialHistogram !== undefined,
    is: true,
  },
  OTEL_METRIC_EXPORT_INTERVAL: {
    env: {
      OTEL_METRIC_EXPORT_INTERVAL: '100',
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
    },
    stayMs: 1000,
    sees: ({ receiver }) => receiver.requests >= 5,
    is: true,
  },
  OTEL_METRIC_EXPORT_TIMEOUT: {
    env: { OTEL_METRIC_EXPORT_TIMEOUT: '100' },
    behaviour: { status: 503 },
    stayMs: 1500,
    sees: ({ stderr }) => /items of metrics were dropped \(export_failed\)/.test(stderr),
    is: true,
  },
  OTEL_RESOURCE_ATTRIBUTES: {
    env: { OTEL_RESOURCE_ATTRIBUTES: 'team=pay%20outs' },
    sees: (seen) => resource(seen, 'team'),
    is: 'pay outs',
  },
  OTEL_SERVICE_NAME: {
    env: { OTEL_SERVICE_NAME: 'checkout', OTEL_RESOURCE_ATTRIBUTES: 'service.name=other' },
    sees: (seen) => resource(seen, 'service.name'),
    is: 'checkout',
  },
  OTEL_NODE_RESOURCE_DETECTORS: {
    env: { OTEL_NODE_RESOURCE_DETECTORS: 'env, os' },
    sees: ({ receiver }) =>
      receiver.resource
        .map(({ key }) => key.split('.')[0])
        .filter((one) => /host|os|process/.test(one ?? '')),
    is: ['os', 'os'],
  },
  OTEL_TRACES_SAMPLER: {
    env: { OTEL_TRACES_SAMPLER: 'always_off' },
    sees: arrived,
    is: ['metrics', 'logs'],
  },
  OTEL_TRACES_SAMPLER_ARG: {
    env: { OTEL_TRACES_SAMPLER: 'TraceIdRatio', OTEL_TRACES_SAMPLER_ARG: '.0' },
    sees: arrived,
    is: ['metrics', 'logs'],
  },
  OTEL_PROPAGATORS: {
    env: { OTEL_PROPAGATORS: 'b3' },
    sees: ({ stdout }) =>
      /headers (.*)/
        .exec(stdout)?.[1]
        ?.split(',')
        .filter((name) => /b3|traceparent/.test(name)),
    is: ['b3'],
  },
  ...forQueue('OTEL_BSP', 'traces', ({ spans }) => spans),
  ...forQueue('OTEL_BLRP', 'logs', ({ records }) => records),
  OTEL_ATTRIBUTE_COUNT_LIMIT: {
    env: { OTEL_ATTRIBUTE_COUNT_LIMIT: '2' },
    sees: (seen) => [namesOf(work(seen)).length, namesOf(line(seen)).length <= 2, ...moneyOf(seen)],
    is: [2, true, ...MONEY],
  },
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: {
    env: { OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '3' },
    sees: (seen) => [lettersOf(work(seen)), lettersOf(line(seen)), ...moneyOf(seen)],
    is: [3, 3, ...MONEY],
  },
  OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: {
    env: { OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '3' },
    sees: (seen) => [namesOf(work(seen)).length, namesOf(line(seen)).length],
    is: [3, 4],
  },
  OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: {
    env: { OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '20', OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '30' },
    sees: (seen) => [lettersOf(work(seen)), lettersOf(line(seen))],
    is: [20, 30],
  },
  OTEL_SPAN_EVENT_COUNT_LIMIT: {
    env: { OTEL_SPAN_EVENT_COUNT_LIMIT: '1' },
    sees: (seen) => work(seen)?.events.length,
    is: 1,
  },
  OTEL_SPAN_LINK_COUNT_LIMIT: {
    env: { OTEL_SPAN_LINK_COUNT_LIMIT: '1' },
    sees: (seen) => work(seen)?.links.length,
    is: 1,
  },
  ...forBoth(
    ['OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT', 'OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT'],
    (seen) => work(seen)?.events.map(({ attributes }) => attributes.length),
  ),
  ...forBoth(
    ['OTEL_LINK_ATTRIBUTE_COUNT_LIMIT', 'OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT'],
    (seen) => work(seen)?.links.map(({ attributes }) => attributes.length),
  ),
  OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: {
    env: { OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: '1' },
    sees: (seen) => [namesOf(work(seen)).length, line(seen)?.attributes.length, ...moneyOf(seen)],
    is: [4, 1, ...MONEY],
  },
  OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: {
    env: { OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: '2' },
    sees: (seen) => [lettersOf(work(seen)), lettersOf(line(seen)), ...moneyOf(seen)],
    is: [TEXT_LENGTH, 2, ...MONEY],
  },
  OTEL_NODE_ENABLED_INSTRUMENTATIONS: {
    env: { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'undici' },
    sees: scopes,
    is: ['app', '@opentelemetry/instrumentation-undici'],
  },
  OTEL_NODE_DISABLED_INSTRUMENTATIONS: {
    env: { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'undici' },
    sees: scopes,
    is: ['app', '@opentelemetry/instrumentation-http'],
  },
  OTEL_LOG_LEVEL: {
    env: { OTEL_LOG_LEVEL: 'DEBUG' },
    sees: ({ stdout }) => /@opentelemetry\/api: Registered a global/.test(stdout),
    is: true,
  },
  OTEL_NODE_EXPERIMENTAL_SDK_METRICS: {
    env: { OTEL_NODE_EXPERIMENTAL_SDK_METRICS: 'true' },
    sees: (seen) => metric(seen, 'otel.sdk.span.started') !== undefined,
    is: true,
  },
};

function scopes({ receiver }: Seen): string[] {
  return [...new Set(receiver.spans.map(({ scope }) => scope))];
}

function forBoth(
  variables: readonly string[],
  sees: (seen: Seen) => unknown,
): Record<string, Case> {
  return Object.fromEntries(
    variables.map((name) => [name, { env: { [name]: '3' }, sees, is: [3, 3] }]),
  );
}

function forQueue(
  prefix: string,
  signal: string,
  count: (early: Seen['early']) => number,
): Record<string, Case> {
  const others = ['traces', 'metrics', 'logs'].filter((one) => one !== signal);
  const alone = Object.fromEntries(
    others.map((one) => [`OTEL_${one.toUpperCase()}_EXPORTER`, 'none']),
  );
  return {
    [`${prefix}_MAX_QUEUE_SIZE`]: {
      env: { ...alone, [`${prefix}_MAX_QUEUE_SIZE`]: '1' },
      sees: ({ receiver, stderr }) => [
        receiver.spans.length + receiver.records.filter(({ eventName }) => !eventName).length,
        signal === 'logs' || /\(queue_full\)/.test(stderr),
      ],
      is: [1, true],
    },
    [`${prefix}_MAX_EXPORT_BATCH_SIZE`]: {
      env: { ...alone, [`${prefix}_MAX_EXPORT_BATCH_SIZE`]: '1' },
      sees: ({ receiver }) => receiver.requests === receiver.spans.length + receiver.records.length,
      is: true,
    },
    [`${prefix}_SCHEDULE_DELAY`]: {
      env: { ...alone, [`${prefix}_SCHEDULE_DELAY`]: '20' },
      stayMs: 700,
      sees: ({ early }) => count(early) > 0,
      is: true,
    },
  };
}
