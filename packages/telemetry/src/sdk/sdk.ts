// Starts the SDK of OpenTelemetry, next to whatever another tool has registered.
import { ownLoggers } from '@moneytrail/catalogue';
import {
  type LoggerProvider as AnyLoggerProvider,
  logs,
  type MeterProvider,
  metrics,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { LoggerProvider, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { IMetricReader, ViewOptions } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { Sampler, SpanLimits } from '@opentelemetry/sdk-trace';
import { type Neighbour, type Parts, settle } from './neighbours/neighbours.ts';
import { delegateOf, registerNextTo } from './neighbours/registry.ts';

/** The components of our telemetry. */
export interface SdkParts extends Omit<Parts, 'tracerProvider'> {
  readonly logRecordProcessors: readonly LogRecordProcessor[];
  readonly metricReaders: readonly IMetricReader[];
  readonly views: readonly ViewOptions[];
  readonly sampler: Sampler;
  readonly spanLimits: SpanLimits;
  /** Whether the SDK measures itself. */
  readonly measuresSdk: boolean;
}

/** The providers that NodeSDK has created; it creates none for a signal without components. */
interface Providers {
  readonly tracerProvider: TracerProvider | undefined;
  readonly meterProvider: MeterProvider | undefined;
  readonly loggerProvider: AnyLoggerProvider;
}

/** Starts and registers the SDK. Business events and our log lines go to it directly, whatever SDK is registered. */
export function startSdk(parts: SdkParts, neighbour: Neighbour): void {
  const sdk = new NodeSDK({
    resource: parts.resource,
    autoDetectResources: false,
    instrumentations: [...parts.instrumentations],
    spanProcessors: [...parts.spanProcessors],
    logRecordProcessors: [...parts.logRecordProcessors],
    metricReaders: [...parts.metricReaders],
    views: [...parts.views],
    textMapPropagator: parts.propagator,
    sampler: parts.sampler,
    spanLimits: parts.spanLimits,
  });
  const providers = registerNextTo(() => {
    sdk.start();
    return providersOf(parts);
  });
  const loggers = ownLoggers<AnyLoggerProvider>();
  loggers.provider = providers.loggerProvider;
  loggers.events = createEventProvider(parts, providers);
  settle(neighbour, { ...parts, tracerProvider: providers.tracerProvider });
}

/** Reads what NodeSDK has just registered, which it does not return. At this moment nothing else is registered. */
function providersOf({ spanProcessors, metricReaders }: SdkParts): Providers {
  return {
    tracerProvider: spanProcessors.length > 0 ? delegateOf(trace.getTracerProvider()) : undefined,
    meterProvider: metricReaders.length > 0 ? metrics.getMeterProvider() : undefined,
    loggerProvider: logs.getLoggerProvider(),
  };
}

/** The limits of attributes that the environment sets are for what libraries write: an amount or an id that is cut is wrong. */
function createEventProvider(
  { resource, logRecordProcessors, measuresSdk }: SdkParts,
  { meterProvider }: Providers,
): AnyLoggerProvider {
  return new LoggerProvider({
    resource,
    processors: [...logRecordProcessors],
    logRecordLimits: { attributeCountLimit: Infinity, attributeValueLengthLimit: Infinity },
    ...(measuresSdk && meterProvider ? { meterProvider } : {}),
  });
}
