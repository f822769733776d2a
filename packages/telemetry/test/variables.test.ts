/** Every variable of OpenTelemetry is honoured, or its name is reported at start: none is ignored. */
import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPTIONS, VARIABLES } from '@moneytrail/telemetry';
import { itOfReport } from '../../../tools/reports.ts';
import { variablesOf } from '../src/config/environment.ts';
import { insteadOf, UNSUPPORTED } from '../src/config/variables/unsupported.ts';
import { run } from './support/process.ts';
import { freePort } from './support/scrape.ts';

/** Variables of the specification, version 1.60 of August 2026: every `OTEL_` name in its pages. */
const SPECIFICATION = `
  OTEL_ATTRIBUTE_COUNT_LIMIT OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT OTEL_BLRP_EXPORT_TIMEOUT
  OTEL_BLRP_MAX_EXPORT_BATCH_SIZE OTEL_BLRP_MAX_QUEUE_SIZE OTEL_BLRP_SCHEDULE_DELAY OTEL_BSP_EXPORT_TIMEOUT
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE OTEL_BSP_MAX_QUEUE_SIZE OTEL_BSP_SCHEDULE_DELAY OTEL_CONFIG_FILE OTEL_ENTITIES
  OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT OTEL_EXPERIMENTAL_CONFIG_FILE OTEL_EXPORTER_OTLP_CERTIFICATE
  OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE OTEL_EXPORTER_OTLP_CLIENT_KEY OTEL_EXPORTER_OTLP_COMPRESSION
  OTEL_EXPORTER_OTLP_ENDPOINT OTEL_EXPORTER_OTLP_HEADERS OTEL_EXPORTER_OTLP_INSECURE
  OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE OTEL_EXPORTER_OTLP_LOGS_CLIENT_CERTIFICATE OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY
  OTEL_EXPORTER_OTLP_LOGS_COMPRESSION OTEL_EXPORTER_OTLP_LOGS_ENDPOINT OTEL_EXPORTER_OTLP_LOGS_HEADERS
  OTEL_EXPORTER_OTLP_LOGS_INSECURE OTEL_EXPORTER_OTLP_LOGS_PROTOCOL OTEL_EXPORTER_OTLP_LOGS_TIMEOUT
  OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE OTEL_EXPORTER_OTLP_METRICS_CLIENT_CERTIFICATE
  OTEL_EXPORTER_OTLP_METRICS_CLIENT_KEY OTEL_EXPORTER_OTLP_METRICS_COMPRESSION
  OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION OTEL_EXPORTER_OTLP_METRICS_ENDPOINT
  OTEL_EXPORTER_OTLP_METRICS_HEADERS OTEL_EXPORTER_OTLP_METRICS_INSECURE OTEL_EXPORTER_OTLP_METRICS_PROTOCOL
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE OTEL_EXPORTER_OTLP_METRICS_TIMEOUT
  OTEL_EXPORTER_OTLP_METRIC_INSECURE OTEL_EXPORTER_OTLP_PROTOCOL OTEL_EXPORTER_OTLP_SPAN_INSECURE
  OTEL_EXPORTER_OTLP_TIMEOUT OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE
  OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY OTEL_EXPORTER_OTLP_TRACES_COMPRESSION OTEL_EXPORTER_OTLP_TRACES_ENDPOINT
  OTEL_EXPORTER_OTLP_TRACES_HEADERS OTEL_EXPORTER_OTLP_TRACES_INSECURE OTEL_EXPORTER_OTLP_TRACES_PROTOCOL
  OTEL_EXPORTER_OTLP_TRACES_TIMEOUT OTEL_EXPORTER_PROMETHEUS_HOST OTEL_EXPORTER_PROMETHEUS_PORT
  OTEL_EXPORTER_ZIPKIN_ENDPOINT OTEL_EXPORTER_ZIPKIN_PROTOCOL OTEL_EXPORTER_ZIPKIN_TIMEOUT
  OTEL_LINK_ATTRIBUTE_COUNT_LIMIT OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT
  OTEL_LOGS_EXPORTER OTEL_LOG_LEVEL OTEL_METRICS_EXEMPLAR_FILTER OTEL_METRICS_EXPORTER OTEL_METRIC_EXPORT_INTERVAL
  OTEL_METRIC_EXPORT_TIMEOUT OTEL_PROPAGATORS OTEL_RESOURCE_ATTRIBUTES OTEL_SDK_DISABLED OTEL_SERVICE_NAME
  OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT OTEL_SPAN_EVENT_COUNT_LIMIT
  OTEL_SPAN_LINK_COUNT_LIMIT OTEL_TRACES_EXPORTER OTEL_TRACES_SAMPLER OTEL_TRACES_SAMPLER_ARG`;

/** Variables that the packages of OpenTelemetry for Node.js read, as this workspace has installed them. */
function namesInPackages(): string[] {
  const files = globSync('node_modules/@opentelemetry/*/dist/**/*.mjs');
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  // Constants of semantic conventions and symbols have such names, too, and are read by nobody.
  const names = texts.flatMap((text) => [
    ...text.matchAll(/(?:["`]|env\.)(OTEL_[A-Z0-9_]+)["`;,?) ]/g),
  ]);
  return [...new Set(names.map(([, name = '']) => name))].filter(
    (name) => !/_VALUE_|_SYMBOL$/.test(name),
  );
}

/** A service that makes a span and goes on. */
const SPAN = `
  require('@opentelemetry/api').trace.getTracer('test').startSpan('work').end();
  setInterval(() => {}, 1000);`;

const HONOURED = new Set([...Object.values(OPTIONS), ...VARIABLES].flatMap(variablesOf));

it('knows every variable of the specification and of the packages for Node.js', () => {
  const inPackages = namesInPackages();
  expect(inPackages).toEqual(
    expect.arrayContaining(['OTEL_NODE_RESOURCE_DETECTORS', 'OTEL_LOG_LEVEL']),
  );
  const all = [...SPECIFICATION.trim().split(/\s+/), ...inPackages];
  expect(all.filter((name) => !HONOURED.has(name) && insteadOf(name) === undefined)).toEqual([]);
});

describe('a variable that has no effect', () => {
  const misspelt = [
    ['OTEL_EXPORTER_OTLP_ENDPONT', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
    ['OTEL_EXPORTER_OTLP_TRACE_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'],
    ['OTEL_TRACE_SAMPLER', 'OTEL_TRACES_SAMPLER'],
    ['OTEL_TRACES_SAMPLER_ARGS', 'OTEL_TRACES_SAMPLER_ARG'],
    ['OTEL_METRICS_EXPORT_INTERVAL', 'OTEL_METRIC_EXPORT_INTERVAL'],
    ['OTEL_RESOURCES_ATTRIBUTES', 'OTEL_RESOURCE_ATTRIBUTES'],
    ['OTEL_SERVICENAME', 'OTEL_SERVICE_NAME'],
    ['MONEYTRAIL_SERVICE_NAME', 'OTEL_SERVICE_NAME'],
    ['MONEYTRAIL_METRIC_PORT', 'MONEYTRAIL_METRICS_PORT'],
    ['OTEL_METRICS_PORT', 'MONEYTRAIL_METRICS_PORT'],
    ['MONEYTRAIL_SHUTDOWN_TIMEOUT', 'MONEYTRAIL_SHUTDOWN_TIMEOUT_MS'],
  ] as const;
  const unsupported = UNSUPPORTED.map(({ variable, instead }) => [
    variable.replace('*', 'AGENT_HOST'),
    instead,
  ]) as [string, string][];
  const ofOthers = [
    'OTEL_POD_IP',
    'OTEL_PYTHON_LOG_CORRELATION',
    'OTEL_JAVAAGENT_DEBUG',
    'OTELCOL_X',
  ];
  let stderr: string;

  beforeAll(async () => {
    const names = [...misspelt, ...unsupported].map(([name]) => name);
    const env = [...names, ...ofOthers, 'MONEYTRAIL_FLUX'].map((name) => [name, '1'] as const);
    const program = run(['--import', '@moneytrail/telemetry/register', '-e', ''], {
      ...Object.fromEntries(env),
      OTEL_SDK_DISABLED: 'true',
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'pg,experss,fastify',
      OTEL_TRACES_SAMPLE_R: '',
    });
    ({ stderr } = await program.ended);
  });

  it.each(misspelt)('is reported: %s was meant as %s', (name, meant) => {
    expect(stderr).toContain(
      `[MONEYTRAIL_VARIABLE_UNKNOWN] MoneytrailWarning: ${name} is set, but the telemetry does not read a variable with this name; did you mean ${meant}?`,
    );
  });

  it.each(unsupported)('is reported: %s has none, %s', (name, instead) => {
    expect(stderr).toContain(
      `[MONEYTRAIL_VARIABLE_UNSUPPORTED] MoneytrailWarning: ${name} is set but has no effect: ${instead}`,
    );
  });

  it('is reported where it begins as ours do, whatever its name is', () => {
    expect(stderr).toMatch(
      /MONEYTRAIL_FLUX is set, but the telemetry does not read a variable with this name$/m,
    );
  });

  it('is reported where it names an instrumentation that does not exist', () => {
    expect(stderr).toMatch(
      /names "experss", which is not an instrumentation; did you mean express\?$/m,
    );
    expect(stderr).not.toMatch(/names "(?:pg|fastify)"/);
  });

  it.each([...ofOthers, 'OTEL_TRACES_SAMPLE_R'])(
    'is not reported where it is empty or of others: %s',
    (name) => {
      expect(stderr).not.toContain(name);
    },
  );
});

describe('an endpoint that is not the HTTP port of an OTLP receiver', () => {
  const http2 = createHttp2Server();
  const http = createServer((request, response) => {
    response.writeHead(request.url === '/v1/traces' ? 200 : 405).end();
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => http2.listen(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    http2.close();
    http.close();
  });

  const portOf = (server: { address(): unknown }): number =>
    Reflect.get(Object(server.address()), 'port');

  it.each<[string, () => string, RegExp, string?]>([
    [
      'speaks gRPC',
      () => `http://127.0.0.1:${portOf(http2)}`,
      /HTTP\/2, as gRPC does; OTLP over HTTP has another port, usually 4318/,
    ],
    [
      'has the port of gRPC',
      () => 'http://127.0.0.1:4317',
      /port 4317 is for gRPC; OTLP over HTTP has another port, usually 4318/,
    ],
    [
      'has the path twice',
      () => `http://127.0.0.1:${portOf(http)}/v1/traces`,
      /ENDPOINT is the address without \/v1\/traces/,
    ],
    [
      'has no path for one signal',
      () => `http://127.0.0.1:${portOf(http)}`,
      /the address of one signal is used as it is: \/v1\/traces/,
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    ],
    [
      'does not speak TLS',
      () => `https://127.0.0.1:${portOf(http)}`,
      /it does not speak TLS; its address may begin with http:/,
    ],
  ])(
    'that %s gets a warning that says so',
    async (_, url, words, variable = 'OTEL_EXPORTER_OTLP_ENDPOINT') => {
      const service = run(['--import', '@moneytrail/telemetry/register', '-e', SPAN], {
        [variable]: url(),
        OTEL_BSP_SCHEDULE_DELAY: '10',
      });
      await service.warned(words);
      service.kill('SIGKILL');
      await service.ended;
    },
  );
});

itOfReport('port-of-grpc', 'the reported server is warned of as one of gRPC', async (reported) => {
  const port = await freePort();
  const server = run([join(reported, 'server.mjs')], { PORT: String(port) });
  const service = run(['--import', '@moneytrail/telemetry/register', '-e', SPAN], {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_BSP_SCHEDULE_DELAY: '10',
  });
  await service.warned(/HTTP\/2, as gRPC does; OTLP over HTTP has another port, usually 4318/);
  for (const program of [service, server]) program.kill('SIGKILL');
  await Promise.all([service.ended, server.ended]);
});
