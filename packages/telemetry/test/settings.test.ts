import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OPTIONS, startTelemetry, type TelemetryOptions } from '@moneytrail/telemetry';
import type { Context } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler } from '@opentelemetry/sdk-trace';

const before = { ...process.env };

beforeEach(() => {
  // Everything is checked as ever, and nothing is started.
  process.env['OTEL_SDK_DISABLED'] = 'true';
});

afterEach(() => {
  process.env = { ...before };
});

function codeOf(options: TelemetryOptions, env: Record<string, string> = {}): unknown {
  Object.assign(process.env, env);
  try {
    startTelemetry(options);
    return 'accepted';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

/** An instrumentation that does nothing. */
function named(instrumentationName: string): Instrumentation {
  const nothing = (): void => {};
  return {
    instrumentationName,
    instrumentationVersion: '1.0.0',
    enable: nothing,
    disable: nothing,
    setTracerProvider: nothing,
    setMeterProvider: nothing,
    setConfig: nothing,
    getConfig: () => ({}),
  };
}

describe('an option in code', () => {
  it.each<[TelemetryOptions]>([
    [{}],
    [{ serviceName: 'checkout' }],
    [{ endpoint: 'http://localhost:4318' }],
    [{ endpoint: 'https://collector.example/otlp/' }],
    [{ endpoint: 'HTTPS://collector.example/?key=1' }],
    [{ exportIntervalMs: 100 }],
    [{ exportIntervalMs: 3_600_000 }],
    [{ shutdownTimeoutMs: 100 }],
    [{ shutdownTimeoutMs: 2000 }],
    [{ ignoreIncomingPaths: '/healthz' }],
    [{ ignoreIncomingPaths: '/, /livez,/static/*, /health*,/a%20b' }],
    [
      {
        ignoreIncomingPaths: ['/healthz', '/static/*'],
        ownHosts: [],
        trustedCallers: ['loopback'],
      },
    ],
    [{ metricsPort: 1 }],
    [{ metricsPort: 65_535 }],
    [{ metricsPort: 9464, metricsHost: '127.0.0.9' }],
    [{ metricsPort: 9464, metricsHost: '::1' }],
    [{ metricsPort: 9464, metricsHost: '0.0.0.0', metricsToken: 'secret' }],
    [{ metricsHost: '0.0.0.0' }],
    [{ metricsPort: 9464, metricsHost: 'localhost' }],
    [{ metricsPort: undefined }],
    [{ instrumentations: [] }],
    [{ instrumentations: [named('@shop/instrumentation-http')] }],
    [{ instrumentations: [named('@opentelemetry/instrumentation-pg')] }],
  ])('is accepted: %j', (options) => {
    expect(codeOf(options)).toBe('accepted');
  });

  it.each<[TelemetryOptions, string]>([
    [{ serviceName: '' }, 'MONEYTRAIL_OPTION_INVALID'],
    [JSON.parse('{"instrumentations":"http"}'), 'MONEYTRAIL_OPTION_INVALID'],
    [
      { instrumentations: [named('@opentelemetry/instrumentation-http')] },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    [
      { instrumentations: [named('@opentelemetry/instrumentation-undici')] },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    [JSON.parse('{"instrumentations":[{"instrumentationName":"x"}]}'), 'MONEYTRAIL_OPTION_INVALID'],
    [{ spanProcessors: {} }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ spanProcessors: [{ onStart() {}, onEnd() {} }] }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ endpoint: 'localhost:4318' }, 'MONEYTRAIL_ENDPOINT_INVALID'],
    [{ endpoint: 'ftp://localhost' }, 'MONEYTRAIL_ENDPOINT_INVALID'],
    [{ endpoint: '' }, 'MONEYTRAIL_ENDPOINT_INVALID'],
    [{ exportIntervalMs: 99 }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ exportIntervalMs: 3_600_001 }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ exportIntervalMs: Number.NaN }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ exportIntervalMs: 1000.5 }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ shutdownTimeoutMs: 99 }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ shutdownTimeoutMs: 2001 }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ ignoreIncomingPaths: 'healthz' }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ ignoreIncomingPaths: '/healthz,*' }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ ignoreIncomingPaths: ['/healthz', '*'] }, 'MONEYTRAIL_OPTION_INVALID'],
    [JSON.parse('{"ignoreIncomingPaths":[1]}'), 'MONEYTRAIL_OPTION_INVALID'],
    [JSON.parse('{"serviceName":1}'), 'MONEYTRAIL_OPTION_INVALID'],
    [{ ignoreIncomingPaths: '/static/*/page' }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ ignoreIncomingPaths: '/static/**' }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ ignoreIncomingPaths: '/healthz?full=1' }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ ignoreIncomingPaths: '/a b' }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ metricsPort: 0 }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ metricsPort: 65_536 }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ metricsHost: 'collector' }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ metricsToken: '' }, 'MONEYTRAIL_OPTION_INVALID'],
    [{ metricsPort: 9464, metricsHost: '0.0.0.0' }, 'MONEYTRAIL_METRICS_TOKEN_MISSING'],
    [{ metricsPort: 9464, metricsHost: '::' }, 'MONEYTRAIL_METRICS_TOKEN_MISSING'],
    [JSON.parse('{"serviceName":{}}'), 'MONEYTRAIL_OPTION_INVALID'],
    [JSON.parse('{"endpoint":null}'), 'MONEYTRAIL_ENDPOINT_INVALID'],
    [JSON.parse('{"endpont":"http://localhost"}'), 'MONEYTRAIL_OPTION_UNKNOWN'],
    [JSON.parse('{"constructor":1}'), 'MONEYTRAIL_OPTION_UNKNOWN'],
    [JSON.parse('null'), 'MONEYTRAIL_OPTION_INVALID'],
    [JSON.parse('4318'), 'MONEYTRAIL_OPTION_INVALID'],
    [{ endpoint: ' http://localhost:4318' }, 'MONEYTRAIL_ENDPOINT_INVALID'],
    [{ endpoint: 'http://local host' }, 'MONEYTRAIL_ENDPOINT_INVALID'],
  ])('is refused: %j is %s', (options, code) => {
    expect(codeOf(options)).toBe(code);
  });
});

describe('a variable of the environment', () => {
  it.each([
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', ''],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', ' http://localhost:4318 '],
    ['OTEL_TRACES_EXPORTER', 'none'],
    ['OTEL_METRICS_EXPORTER', 'otlp, console'],
    ['OTEL_METRICS_EXPORTER', 'otlp,prometheus'],
    ['OTEL_EXPORTER_PROMETHEUS_PORT', '65535'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Bearer%20a==,x=y'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment.name=test,team=pay%20outs'],
    ['OTEL_TRACES_SAMPLER', 'parentbased_traceidratio'],
    ['OTEL_TRACES_SAMPLER_ARG', '0'],
    ['OTEL_TRACES_SAMPLER_ARG', '0.25'],
    ['OTEL_TRACES_SAMPLER_ARG', '.25'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.'],
    ['OTEL_TRACES_SAMPLER_ARG', '1e-3'],
    ['OTEL_TRACES_SAMPLER', 'Always_On'],
    ['OTEL_LOGS_EXPORTER', 'OTLP'],
    ['OTEL_TRACES_SAMPLER_ARG', '1'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', '1'],
    ['MONEYTRAIL_METRICS_PORT', '9464'],
    ['MONEYTRAIL_OWN_HOSTS', 'private, *.shop.example,10.0.0.7,fd00::7'],
    ['MONEYTRAIL_IGNORE_INCOMING_PATHS', '/healthz,/livez , /static/*'],
    ['MONEYTRAIL_TRUSTED_CALLERS', 'private, 203.0.113.0/24,2001:db8::/32'],
  ])('is accepted: %s=%s', (variable, value) => {
    expect(codeOf({}, { [variable]: value })).toBe('accepted');
  });

  it.each([
    ['OTEL_TRACES_EXPORTER', 'prometheus', 'MONEYTRAIL_EXPORTER_UNKNOWN'],
    ['OTEL_LOGS_EXPORTER', 'otlp,prometheus', 'MONEYTRAIL_EXPORTER_UNKNOWN'],
    ['OTEL_EXPORTER_PROMETHEUS_PORT', '65536', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'MONEYTRAIL_PROTOCOL_NOT_BUILT_IN'],
    ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'grpc', 'MONEYTRAIL_PROTOCOL_NOT_BUILT_IN'],
    ['OTEL_EXPORTER_OTLP_LOGS_PROTOCOL', 'http', 'MONEYTRAIL_PROTOCOL_NOT_BUILT_IN'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost', 'MONEYTRAIL_ENDPOINT_INVALID'],
    ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', '/v1/metrics', 'MONEYTRAIL_ENDPOINT_INVALID'],
    ['OTEL_TRACES_EXPORTER', 'zipkin', 'MONEYTRAIL_EXPORTER_UNKNOWN'],
    ['OTEL_LOGS_EXPORTER', 'logging', 'MONEYTRAIL_EXPORTER_UNKNOWN'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a b=c', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%zz', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_EXPORTER_OTLP_LOGS_HEADERS', 'a=%0d%0ab:c', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '10s', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_EXPORTER_OTLP_COMPRESSION', 'brotli', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'a=b=c', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'a=%zz', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_TRACES_SAMPLER', 'sometimes', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.1', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_TRACES_SAMPLER_ARG', '.', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_TRACES_SAMPLER_ARG', '25%', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_EXPORTER_PROMETHEUS_HOST', 'collector', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_LOG_LEVEL', 'loud', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_NODE_RESOURCE_DETECTORS', 'env,k8s', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_SPAN_LINK_COUNT_LIMIT', '-1', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT', '0', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', '0', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_METRIC_EXPORT_INTERVAL', '-1', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_PROPAGATORS', 'jaeger', 'MONEYTRAIL_OPTION_INVALID'],
    ['OTEL_SDK_DISABLED', 'yes', 'MONEYTRAIL_OPTION_INVALID'],
    ['MONEYTRAIL_METRICS_PORT', '65536', 'MONEYTRAIL_OPTION_INVALID'],
    ['MONEYTRAIL_METRICS_HOST', 'everywhere', 'MONEYTRAIL_OPTION_INVALID'],
    ['MONEYTRAIL_OWN_HOSTS', 'https://ledger/', 'MONEYTRAIL_OPTION_INVALID'],
    ['MONEYTRAIL_OWN_HOSTS', 'ledger:8080', 'MONEYTRAIL_OPTION_INVALID'],
    ['MONEYTRAIL_OWN_HOSTS', '10.0.0.7.8', 'MONEYTRAIL_OPTION_INVALID'],
    ['MONEYTRAIL_OWN_HOSTS', '*.0.0.7', 'MONEYTRAIL_OPTION_INVALID'],
    ['MONEYTRAIL_IGNORE_INCOMING_PATHS', '^/healthz$', 'MONEYTRAIL_OPTION_INVALID'],
    ['MONEYTRAIL_TRUSTED_CALLERS', '203.0.113.0/33', 'MONEYTRAIL_OPTION_INVALID'],
    ['MONEYTRAIL_TRUSTED_CALLERS', 'ledger', 'MONEYTRAIL_OPTION_INVALID'],
  ])('is refused: %s=%s is %s', (variable, value, code) => {
    expect(codeOf({}, { [variable]: value })).toBe(code);
  });

  it('gives way to the option in code', () => {
    const env = { MONEYTRAIL_METRICS_PORT: 'wrong' };
    expect(codeOf({ metricsPort: 9464 }, env)).toBe('accepted');
  });

  it.each([
    [
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'htp://user:hunter2@collector:4318',
      'an http:// or https:// address, got "htp://…@collector:4318"',
    ],
    [
      'OTEL_EXPORTER_OTLP_HEADERS',
      'key=hunter2,other',
      'pairs such as key=value,key=value, percent-encoded, got "key=…,other"',
    ],
  ])('%s=%s shows what it takes, but not the password', (variable, value, words) => {
    process.env[variable] = value;
    expect(() => startTelemetry()).toThrow(`${variable} must be ${words}`);
  });
});

const nothing = (): void => {};
const settled = (): Promise<void> => Promise.resolve();
const spanProcessor = { onStart: nothing, onEnd: nothing, forceFlush: settled, shutdown: settled };
const logProcessor = { onEmit: nothing, forceFlush: settled, shutdown: settled };
const propagator = { inject: nothing, extract: (context: Context) => context, fields: () => [] };
const PG = '@opentelemetry/instrumentation-pg';
const LAMBDA = '@opentelemetry/instrumentation-aws-lambda';

/** More than the last list that is accepted. */
const TOO_MANY = 10_001;

describe('a component', () => {
  it.each<[string, TelemetryOptions]>([
    ['no span processor', { spanProcessors: [] }],
    ['span processors', { spanProcessors: [spanProcessor, spanProcessor] }],
    ['a log record processor', { logRecordProcessors: [logProcessor] }],
    ['a reader', { metricReaders: [new PrometheusExporter({ preventServerStart: true })] }],
    ['a view', { views: [{ instrumentName: 'http.requests', name: 'requests' }] }],
    ['a view of a near name', { views: [{ instrumentName: 'moneytrailer' }] }],
    ['a sampler', { sampler: new AlwaysOnSampler() }],
    ['attributes', { resource: { 'team.name': 'payouts', ports: [1, 2], isBlue: true } }],
    ['a resource', { resource: resourceFromAttributes({ 'team.name': 'payouts' }) }],
    ['no propagator', { propagators: [] }],
    ['a propagator', { propagators: [propagator] }],
    ['nested instrumentations', { instrumentations: [[named('a'), named('b')], named('c')] }],
    ['changes', { instrumentations: { add: [named('a')], disable: ['http', 'hono'] } }],
    ['a configuration', { instrumentations: { configure: { [PG]: { enabled: false } } } }],
  ])('is accepted: %s', (_, options) => {
    expect(codeOf(options)).toBe('accepted');
  });

  it.each<[string, object, string]>([
    ['not a list', { logRecordProcessors: logProcessor }, 'MONEYTRAIL_OPTION_INVALID'],
    ['without onEmit', { logRecordProcessors: [spanProcessor] }, 'MONEYTRAIL_OPTION_INVALID'],
    ['without onEnd', { spanProcessors: [logProcessor] }, 'MONEYTRAIL_OPTION_INVALID'],
    [
      'too many',
      { spanProcessors: Array(TOO_MANY).fill(spanProcessor) },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    [
      'an exporter, not a reader',
      { metricReaders: [{ export: nothing }] },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    [
      'a renamed wildcard',
      { views: [{ instrumentName: '*', name: 'all' }] },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    ['a view of nothing', { views: [{ name: 'x' }] }, 'MONEYTRAIL_OPTION_INVALID'],
    [
      'a view of ours',
      { views: [{ instrumentName: 'moneytrail.*' }] },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    [
      'a view of our scope',
      { views: [{ meterName: '@moneytrail/metrics' }] },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    [
      'no process',
      { views: [{ instrumentName: 'a', attributesProcessors: [{}] }] },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    ['the name of a sampler', { sampler: 'always_on' }, 'MONEYTRAIL_OPTION_INVALID'],
    ['null', { sampler: null }, 'MONEYTRAIL_OPTION_INVALID'],
    ['a text', { resource: 'checkout' }, 'MONEYTRAIL_OPTION_INVALID'],
    ['an object in an attribute', { resource: { team: {} } }, 'MONEYTRAIL_OPTION_INVALID'],
    ['an attribute without a name', { resource: { '': 'x' } }, 'MONEYTRAIL_OPTION_INVALID'],
    ['the name of a propagator', { propagators: ['b3'] }, 'MONEYTRAIL_OPTION_INVALID'],
    [
      'an unknown instrumentation',
      { instrumentations: { disable: ['htp'] } },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    [
      'an unknown member',
      { instrumentations: { disabled: ['http'] } },
      'MONEYTRAIL_OPTION_UNKNOWN',
    ],
    [
      'an unknown package',
      { instrumentations: { configure: { pg: {} } } },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    [
      'no configuration',
      { instrumentations: { configure: { [PG]: true } } },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    [
      'whose traces an event continues',
      { instrumentations: { configure: { [LAMBDA]: { eventContextExtractor: nothing } } } },
      'MONEYTRAIL_OPTION_INVALID',
    ],
    ['an option of NodeSDK', { traceExporter: {} }, 'MONEYTRAIL_OPTION_UNKNOWN'],
    [
      'a getter that throws',
      {
        get sampler(): never {
          throw new Error('unreadable');
        },
      },
      'MONEYTRAIL_OPTION_INVALID',
    ],
  ])('is refused: %s', (_, options, code) => {
    expect(codeOf(options)).toBe(code);
  });
});

it('is an unknown option that is near to one: its message names that one', () => {
  const options: TelemetryOptions = JSON.parse('{"endpont":"http://localhost"}');
  expect(() => startTelemetry(options)).toThrow('no option "endpont"; did you mean endpoint?');
});

it('names a variable and a sentence for every option', () => {
  for (const { variable, help } of Object.values(OPTIONS)) {
    expect(variable).toMatch(/^(?:OTEL|MONEYTRAIL)_[A-Z_]+$/);
    expect(help).toMatch(/^[A-Z].*\.$/);
  }
});
