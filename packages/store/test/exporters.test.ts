import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JaegerResponse, LogRow, MoneyRow, PaymentTrail, Store } from '@moneytrail/store';
import { context, SeverityNumber, SpanKind, trace } from '@opentelemetry/api';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { cleanUp, get, start } from './support.ts';

afterAll(cleanUp);

const resource = resourceFromAttributes({
  'service.name': 'official',
  'service.instance.id': 'run-1',
});

describe.each([
  ['protobuf', ProtobufTraces, ProtobufLogs, ProtobufMetrics],
  ['JSON', JsonTraces, JsonLogs, JsonMetrics],
])('the official exporters in %s', (_, Traces, Logs, Metrics) => {
  let store: Store;
  beforeEach(async () => {
    store = await start();
  });

  /** Sends spans and an event in their trace; returns the trace id. */
  async function sendPayment(): Promise<string> {
    const tracers = new TracerProvider({
      resource,
      spanProcessors: [
        new SimpleSpanProcessor({ exporter: new Traces({ url: `${store.url}/v1/traces` }) }),
      ],
    });
    const loggers = new LoggerProvider({
      resource,
      processors: [
        new SimpleLogRecordProcessor({ exporter: new Logs({ url: `${store.url}/v1/logs` }) }),
      ],
    });
    const tracer = tracers.getTracer('test');
    const server = tracer.startSpan('POST /checkout', { kind: SpanKind.SERVER });
    const inServer = trace.setSpan(context.active(), server);
    const process = tracer.startSpan(
      'payment.process',
      { attributes: { 'payment.id': 'pi_1' } },
      inServer,
    );
    const logger = loggers.getLogger('test');
    logger.emit({
      body: 'checkout',
      severityNumber: SeverityNumber.WARN,
      context: trace.setSpan(context.active(), process),
    });
    logger.emit({
      eventName: 'moneytrail.payment.succeeded',
      severityNumber: SeverityNumber.INFO,
      body: '19.99 EUR',
      context: trace.setSpan(context.active(), process),
      attributes: {
        'event.name': 'moneytrail.payment.succeeded',
        'moneytrail.event.id': 'stripe/pi_1/payment.succeeded',
        'payment.id': 'pi_1',
        'payment.provider': 'stripe',
        'money.amount_minor': 1999,
        'money.currency': 'EUR',
        'money.exponent': 2,
      },
    });
    process.recordException(new Error('late'));
    process.end();
    server.end();
    await Promise.all([tracers.shutdown(), loggers.shutdown()]);
    return server.spanContext().traceId;
  }

  it('deliver spans, lines and money', async () => {
    const traceId = await sendPayment();
    const { data } = (await get<JaegerResponse>(store, `/api/traces/${traceId}`)).json;
    const spans = data[0]?.spans ?? [];
    expect(spans.map(({ operationName }) => operationName)).toEqual([
      'POST /checkout',
      'payment.process',
    ]);
    expect(spans[1]?.references[0]?.spanID).toBe(spans[0]?.spanID);
    expect(spans[1]?.logs[0]?.fields).toContainEqual({
      key: 'event',
      type: 'string',
      value: 'exception',
    });
    const lines = (await get<LogRow[]>(store, `/api/logs?trace_id=${traceId}`)).json;
    expect(lines.map(({ body, severity, service }) => [body, severity, service]).sort()).toEqual([
      ['19.99 EUR', 'INFO', 'official'],
      ['checkout', 'WARN', 'official'],
    ]);
    expect((await get<MoneyRow[]>(store, '/api/money')).json).toEqual([
      { event: 'payment.succeeded', currency: 'EUR', count: 1, amount_minor: '1999' },
    ]);
    const trail = (await get<PaymentTrail>(store, '/api/payments/pi_1')).json;
    expect(trail.payment).toMatchObject({
      outcome: 'succeeded',
      trace_id: traceId,
      amount_minor: '1999',
    });
  });

  it('deliver counters, gauges and histograms', async () => {
    const exporter = new Metrics({ url: `${store.url}/v1/metrics` });
    const reader = new PeriodicExportingMetricReader({
      exporter,
      exportIntervalMillis: 600_000,
      exportTimeoutMillis: 5000,
    });
    const meters = new MeterProvider({ resource, readers: [reader] });
    const meter = meters.getMeter('test');
    const outcomes = meter.createCounter('moneytrail.payment.outcomes', { unit: '{payment}' });
    outcomes.add(2, { 'payment.outcome': 'succeeded' });
    outcomes.add(0, { 'payment.outcome': 'declined' });
    meter
      .createHistogram('moneytrail.job.duration', {
        unit: 's',
        advice: { explicitBucketBoundaries: [1, 5] },
      })
      .record(0.5);
    meter.createUpDownCounter('active', { unit: '{payment}' }).add(-3);
    await meters.shutdown();
    const values = async (selector: string): Promise<string[]> => {
      const response = await get<{ data: { result: { value: [number, string] }[] } }>(
        store,
        `/api/v1/query?query=${encodeURIComponent(selector)}`,
      );
      return response.json.data.result.map(({ value }) => value[1]);
    };
    expect(
      await values('moneytrail_payment_outcomes_total{job="official",instance="run-1"}'),
    ).toEqual(['0', '2']);
    expect(await values('moneytrail_job_duration_seconds_bucket')).toEqual(['1', '1', '1']);
    expect(await values('moneytrail_job_duration_seconds_sum')).toEqual(['0.5']);
    expect(await values('active')).toEqual(['-3']);
  });
});
