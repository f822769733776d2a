// The components of OpenTelemetry that a service passes to `startTelemetry`. They have no variables.
import type { Attributes, TextMapPropagator } from '@opentelemetry/api';
import type { InstrumentationConfigMap } from '@opentelemetry/auto-instrumentations-node';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { Resource } from '@opentelemetry/resources';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { IMetricReader, ViewOptions } from '@opentelemetry/sdk-metrics';
import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { InstrumentationName } from './variables/instrumentations.ts';

/** Instrumentations of a service, nested as helpers return them. */
export type InstrumentationList = readonly (Instrumentation | readonly Instrumentation[])[];

/** Changes to the instrumentations that Moneytrail brings. */
export interface InstrumentationOptions {
  /**
   * Instrumentations of further packages. One with the name of an instrumentation of Moneytrail replaces it; those of `http` and `undici` are
   * refused, because they also decide whose traces are continued.
   * @defaultValue none
   */
  readonly add?: InstrumentationList | undefined;
  /**
   * Short names of instrumentations that are off, such as `redis`.
   * @defaultValue none
   */
  readonly disable?: readonly InstrumentationName[] | undefined;
  /**
   * Configuration by package, as `getNodeAutoInstrumentations` takes it. Values replace ours; a hook runs after ours.
   * @defaultValue none
   */
  readonly configure?: InstrumentationConfigMap | undefined;
}

/**
 * Components that a service passes. They get data after redaction. What they throw never reaches the service; it is reported once for each
 * component as `MONEYTRAIL_COMPONENT_FAILED`.
 */
export interface ComponentOptions {
  /**
   * Instrumentations to add, or changes to those of Moneytrail.
   * @defaultValue none
   */
  readonly instrumentations?: InstrumentationList | InstrumentationOptions | undefined;
  /**
   * Processors that get each span before it is sent. Attributes that they add are redacted too.
   * @defaultValue none
   */
  readonly spanProcessors?: readonly SpanProcessor[] | undefined;
  /**
   * Processors that get each log record and business event before it is sent. Attributes that they add are redacted too.
   * @defaultValue none
   */
  readonly logRecordProcessors?: readonly LogRecordProcessor[] | undefined;
  /**
   * Readers that get all metrics, the series of every catalogue included.
   * @defaultValue none
   */
  readonly metricReaders?: readonly IMetricReader[] | undefined;
  /**
   * Views of the instruments that libraries and the service create by OpenTelemetry's API. Series of a catalogue are not changed by views; a
   * view that selects ours by name is refused.
   * @defaultValue none
   */
  readonly views?: readonly ViewOptions[] | undefined;
  /**
   * The sampler of spans, instead of that of `OTEL_TRACES_SAMPLER`.
   * @defaultValue the sampler of `OTEL_TRACES_SAMPLER`
   */
  readonly sampler?: Sampler | undefined;
  /**
   * Attributes of the resource. They win over those of the environment and of detectors; the option `serviceName` wins over them.
   * @defaultValue none
   */
  readonly resource?: Resource | Attributes | undefined;
  /**
   * Propagators, instead of those of `OTEL_PROPAGATORS`. `ownHosts` and `trustedCallers` apply to them, too.
   * @defaultValue the propagators of `OTEL_PROPAGATORS`
   */
  readonly propagators?: readonly TextMapPropagator[] | undefined;
}

/** What each option takes and does: the rows of `docs/configuration.md`. */
export const COMPONENTS: Readonly<
  Record<keyof ComponentOptions, { readonly takes: string; readonly help: string }>
> = {
  instrumentations: {
    takes: 'a list of instrumentations, or `{ add, disable, configure }`',
    help: 'Instrumentations to add, short names of those that are off, configuration by package.',
  },
  spanProcessors: {
    takes: 'a list of `SpanProcessor`',
    help: 'They get each span before it is sent.',
  },
  logRecordProcessors: {
    takes: 'a list of `LogRecordProcessor`',
    help: 'They get each log record and business event before it is sent.',
  },
  metricReaders: {
    takes: 'a list of `MetricReader`',
    help: 'They get all metrics, the series of every catalogue included.',
  },
  views: {
    takes: 'a list of `ViewOptions`',
    help: 'They change instruments of the API; series of a catalogue stay as they are, and a view that selects `moneytrail.*` is refused.',
  },
  sampler: {
    takes: 'a `Sampler`',
    help: 'It decides which spans are kept, instead of `OTEL_TRACES_SAMPLER`.',
  },
  resource: {
    takes: 'attributes, or a `Resource`',
    help: 'Attributes that win over those of the environment and of detectors; `serviceName` wins over them.',
  },
  propagators: {
    takes: 'a list of `TextMapPropagator`',
    help: 'Headers that carry a trace, instead of `OTEL_PROPAGATORS`; `ownHosts` and `trustedCallers` apply to them, too.',
  },
};

/** The components that a service has passed, checked. */
export interface Components {
  readonly instrumentations: {
    readonly added: readonly Instrumentation[];
    readonly disabled: readonly string[];
    readonly configs: InstrumentationConfigMap;
  };
  readonly spanProcessors: readonly SpanProcessor[];
  readonly logRecordProcessors: readonly LogRecordProcessor[];
  readonly metricReaders: readonly IMetricReader[];
  readonly views: readonly ViewOptions[];
  readonly sampler: Sampler | undefined;
  readonly resource: Resource | undefined;
  readonly propagators: readonly TextMapPropagator[] | undefined;
}
