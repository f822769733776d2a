// All settings of `startTelemetry`, parsed and checked once.
import { checkNames, MoneytrailError, withOptions } from '@moneytrail/catalogue';
import type { Sampler, SpanLimits } from '@opentelemetry/sdk-trace';
import { OPTIONS, type OptionValues, type TelemetryOptions } from '../options.ts';
import {
  checked,
  type Environment,
  fromEnvironment,
  namesIn,
  numberOf,
  SIGNALS,
  type Signal,
  textOf,
  variableFor,
  variablesOf,
} from './environment.ts';
import { PART_NAMES, type Parts, readParts } from './parts.ts';
import { type QueueSettings, readQueues } from './queue-variables.ts';
import { readSampler, readSpanLimits } from './sampling.ts';
import { readSignal, type SignalSettings } from './signal-settings.ts';
import { DETECTORS } from './variables/resource.ts';
import * as variables from './variables.ts';

/** Everything that `startTelemetry` needs to know, checked. */
export interface Settings {
  readonly disabled: boolean;
  readonly values: OptionValues;
  readonly propagators: readonly string[];
  /** Names of resource detectors; empty where the environment names none. */
  readonly detectors: readonly string[];
  readonly sampler: Sampler;
  readonly spanLimits: SpanLimits;
  /** Those of the service. */
  readonly parts: Parts;
  readonly metrics: MetricSettings;
  readonly signals: Readonly<Record<Signal, SignalSettings>>;
  readonly queues: QueueSettings;
}

/** How metrics leave. */
export interface MetricSettings {
  /** Of what instrumentations measure: `cumulative`, `delta` or `lowmemory`. */
  readonly temporality: string;
  readonly areHistogramsExponential: boolean;
  /** The longest that one export may take; `undefined` for the time until the next one. */
  readonly exportTimeoutMs: number | undefined;
}

/**
 * Reads and checks options and variables: the code wins over the environment, the environment over the default.
 * Throws a `MoneytrailError` that names the first wrong one.
 */
export function readSettings(options: TelemetryOptions, env: Environment): Settings {
  return withOptions('startTelemetry', options, (given) => read(given, env));
}

function read(options: TelemetryOptions, env: Environment): Settings {
  checkNames('startTelemetry', options, [...Object.keys(OPTIONS), ...PART_NAMES]);
  for (const option of variables.VARIABLES) {
    for (const variable of variablesOf(option)) fromEnvironment(option, variable, env);
  }
  const values = withPrometheus(readOptions(options, env), env);
  checkAddress(values);
  const { endpoint } = values;
  return {
    disabled: textOf(variables.DISABLED, env)?.toLowerCase() === 'true',
    values,
    propagators: namesIn(variables.PROPAGATORS, env),
    detectors: namesIn(DETECTORS, env),
    sampler: readSampler(env),
    spanLimits: readSpanLimits(env),
    parts: readParts(options),
    metrics: readMetrics(env),
    signals: {
      traces: readSignal('traces', endpoint, env),
      metrics: readSignal('metrics', endpoint, env),
      logs: readSignal('logs', endpoint, env),
    },
    queues: readQueues(env),
  };
}

function readOptions(options: TelemetryOptions, env: Environment): OptionValues {
  const entries = Object.entries(OPTIONS).map(([name, option]) => {
    const given: unknown = Object.hasOwn(options, name) ? Reflect.get(options, name) : undefined;
    const inCode = given === undefined ? undefined : checked(option, name, given);
    return [name, inCode ?? fromEnvironment(option, option.variable, env) ?? option.fallback];
  });
  // The table holds an entry for each key of the type, and each value passed its own rule.
  return Object.fromEntries(entries) as OptionValues;
}

/** The standard way of asking for `/metrics`; our own option wins. */
function withPrometheus(values: OptionValues, env: Environment): OptionValues {
  const asked = SIGNALS.filter((signal) =>
    namesIn(variables.EXPORTERS, env, signal).includes('prometheus'),
  );
  const other = asked.find((signal) => signal !== 'metrics');
  if (other !== undefined) {
    const variable = variableFor(variables.EXPORTERS.variable, other);
    throw new MoneytrailError('MONEYTRAIL_EXPORTER_UNKNOWN', variable, 'prometheus', 'otlp');
  }
  if (asked.length === 0 || values.metricsPort !== undefined) return values;
  return {
    ...values,
    metricsPort: Number(textOf(variables.PROMETHEUS_PORT, env)),
    metricsHost: textOf(variables.PROMETHEUS_HOST, env) ?? values.metricsHost,
  };
}

function readMetrics(env: Environment): MetricSettings {
  return {
    temporality: textOf(variables.TEMPORALITY, env) ?? '',
    areHistogramsExponential: textOf(variables.HISTOGRAMS, env) === variables.EXPONENTIAL,
    exportTimeoutMs: numberOf(variables.METRIC_EXPORT_TIMEOUT, env),
  };
}

function checkAddress({ metricsPort, metricsHost, metricsToken }: OptionValues): void {
  const isPrivate = /^(127\.|::1$|localhost$)/.test(metricsHost);
  if (metricsPort === undefined || metricsToken !== undefined || isPrivate) return;
  throw new MoneytrailError('MONEYTRAIL_METRICS_TOKEN_MISSING', metricsHost);
}
