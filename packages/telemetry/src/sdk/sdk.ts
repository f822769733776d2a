// The SDK of OpenTelemetry, next to whatever else has registered one.
import { ownLoggers } from '@moneytrail/catalogue';
import type {
  LoggerProvider as AnyLoggerProvider,
  MeterProvider,
  TracerProvider,
} from '@opentelemetry/api';
import { LoggerProvider, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { MetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { Sampler, SpanLimits } from '@opentelemetry/sdk-trace';
import { type Neighbour, type Parts, settle } from './neighbours/neighbours.ts';
import { registerNextTo } from './neighbours/registry.ts';

/** What our telemetry consists of. */
export interface SdkParts extends Omit<Parts, 'tracerProvider'> {
  readonly logRecordProcessors: readonly LogRecordProcessor[];
  readonly metricReaders: readonly MetricReader[];
  readonly sampler: Sampler;
  readonly spanLimits: SpanLimits;
  /** Whether the SDK measures itself. */
  readonly measuresSdk: boolean;
}

/** Starts and registers the SDK. Business events and our log lines go to it directly, whoever is registered. */
export function startSdk(parts: SdkParts, neighbour: Neighbour): void {
  const sdk = new NodeSDK({
    resource: parts.resource,
    autoDetectResources: false,
    instrumentations: [...parts.instrumentations],
    spanProcessors: [...parts.spanProcessors],
    logRecordProcessors: [...parts.logRecordProcessors],
    metricReaders: [...parts.metricReaders],
    textMapPropagator: parts.propagator,
    sampler: parts.sampler,
    spanLimits: parts.spanLimits,
  });
  registerNextTo(() => sdk.start());
  const { _tracerProvider, _loggerProvider, _meterProvider } = insideOf(sdk);
  const loggers = ownLoggers<AnyLoggerProvider>();
  loggers.provider = _loggerProvider;
  loggers.events = _loggerProvider && createEventProvider(parts, _meterProvider);
  settle(neighbour, { ...parts, tracerProvider: _tracerProvider });
}

/** The limits of attributes that the environment sets are for what libraries write: an amount or an id that is cut is wrong. */
function createEventProvider(
  { resource, logRecordProcessors, measuresSdk }: SdkParts,
  meterProvider: MeterProvider | undefined,
): AnyLoggerProvider {
  return new LoggerProvider({
    resource,
    processors: [...logRecordProcessors],
    logRecordLimits: { attributeCountLimit: Infinity, attributeValueLengthLimit: Infinity },
    ...(measuresSdk && meterProvider ? { meterProvider } : {}),
  });
}

/** The private parts of the SDK that are used here. Its version is pinned; tests fail when the parts move. */
interface Inside {
  readonly _tracerProvider?: TracerProvider;
  readonly _loggerProvider?: AnyLoggerProvider;
  readonly _meterProvider?: MeterProvider;
}

function insideOf(sdk: object): Inside {
  return sdk;
}
