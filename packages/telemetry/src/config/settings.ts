// All settings of `startTelemetry`, parsed and checked once.
import { checkNames, codedError, withOptions } from '@moneytrail/catalogue';
import type { Sampler, SpanLimits } from '@opentelemetry/sdk-trace';
import { ERRORS } from '../errors.ts';
import { COMPONENTS, type Components } from './components.ts';
import {
  checked,
  Environment,
  SIGNALS,
  type Signal,
  type Variables,
  variableFor,
  variablesOf,
} from './environment.ts';
import {
  type DefaultedOption,
  OPTIONS,
  type Option,
  type OptionName,
  type OptionValues,
  type TelemetryOptions,
} from './options.ts';
import { entryPoint, limitFor } from './pm2.ts';
import { type QueueSettings, readQueues } from './queue-variables.ts';
import { readComponents } from './read-components.ts';
import { readSampler, readSpanLimits } from './sampling.ts';
import { readSignal, type SignalSettings } from './signal-settings.ts';
import {
  DISABLED_INSTRUMENTATIONS,
  ENABLED_INSTRUMENTATIONS,
} from './variables/instrumentations.ts';
import { DETECTORS } from './variables/resource.ts';
import * as variables from './variables.ts';

/** Everything that `startTelemetry` needs to know, checked and typed. */
export interface Settings {
  readonly isDisabled: boolean;
  readonly values: OptionValues;
  readonly propagators: readonly variables.PropagatorName[];
  /** Names of resource detectors; empty where the environment names none. */
  readonly detectors: (typeof DETECTORS)['fallback'];
  readonly sampler: Sampler;
  readonly spanLimits: SpanLimits;
  /** The components that the service passed. */
  readonly components: Components;
  readonly instrumentations: InstrumentationSettings;
  readonly metrics: MetricSettings;
  readonly signals: Readonly<Record<Signal, SignalSettings>>;
  readonly queues: QueueSettings;
  readonly program: ProgramSettings;
  /** Whether the SDK measures itself. */
  readonly measuresSdk: boolean;
  /** Time limit for the end of the process. It is read at the end, because PM2 sets its variables later. */
  readonly exitLimitMs: () => number;
}

/** Which instrumentations the environment selects, by their short names. */
export interface InstrumentationSettings {
  /** Empty where all are on. */
  readonly enabled: readonly string[];
  readonly disabled: readonly string[];
}

/** How metrics are exported. */
export interface MetricSettings {
  /** Temporality of what instrumentations measure. */
  readonly temporality: variables.TemporalityName;
  readonly areHistogramsExponential: boolean;
  /** Time limit of one export; `undefined` for the time until the next one. */
  readonly exportTimeoutMs: number | undefined;
}

/** The program that this process runs. */
export interface ProgramSettings {
  readonly entryPoint: string | undefined;
  /** `NODE_ENV`. */
  readonly environment: string | undefined;
}

/**
 * Reads and checks options and variables: the code wins over the environment, the environment over the default.
 * Throws a `MoneytrailError` that names the first wrong one.
 */
export function readSettings(options: TelemetryOptions, from: Variables): Settings {
  return withOptions('startTelemetry', options, (given) => read(given, from));
}

function read(options: TelemetryOptions, from: Variables): Settings {
  checkNames('startTelemetry', options, [...Object.keys(OPTIONS), ...Object.keys(COMPONENTS)]);
  const env = new Environment(from);
  for (const setting of variables.VARIABLES) {
    for (const variable of variablesOf(setting)) env.given(setting, variable);
  }
  const values = withPrometheus(readOptions(options, env), env);
  checkAddress(values);
  const components = readComponents(options);
  return {
    isDisabled: env.read(variables.DISABLED),
    values,
    propagators: env.read(variables.PROPAGATORS),
    detectors: env.read(DETECTORS),
    sampler: readSampler(env),
    spanLimits: readSpanLimits(env),
    components,
    instrumentations: readInstrumentations(components, env),
    metrics: readMetrics(env),
    signals: {
      traces: readSignal('traces', values.endpoint, env),
      metrics: readSignal('metrics', values.endpoint, env),
      logs: readSignal('logs', values.endpoint, env),
    },
    queues: readQueues(env),
    program: { entryPoint: entryPoint(from), environment: from['NODE_ENV'] },
    measuresSdk: env.read(variables.SDK_METRICS),
    exitLimitMs: () => limitFor(values.shutdownTimeoutMs, from),
  };
}

/** What the code or the environment switches off is off. */
function readInstrumentations(
  { instrumentations: { disabled, configs } }: Components,
  env: Environment,
): InstrumentationSettings {
  const inConfigs = Object.entries(configs)
    .filter(([, config]) => config?.enabled === false)
    .map(([name]) => name.replace('@opentelemetry/instrumentation-', ''));
  return {
    enabled: env.read(ENABLED_INSTRUMENTATIONS),
    disabled: [...env.read(DISABLED_INSTRUMENTATIONS), ...disabled, ...inConfigs],
  };
}

function readOptions(options: TelemetryOptions, env: Environment): OptionValues {
  const given = (name: OptionName): unknown =>
    Object.hasOwn(options, name) ? options[name] : undefined;
  function of<Value>(name: OptionName, option: DefaultedOption<Value>): Value;
  function of<Value>(name: OptionName, option: Option<Value>): Value | undefined;
  function of<Value>(name: OptionName, option: Option<Value>): Value | undefined {
    const inCode = given(name);
    return inCode === undefined ? env.read(option) : checked(option, name, inCode);
  }
  return {
    serviceName: of('serviceName', OPTIONS.serviceName),
    endpoint: of('endpoint', OPTIONS.endpoint),
    exportIntervalMs: of('exportIntervalMs', OPTIONS.exportIntervalMs),
    shutdownTimeoutMs: of('shutdownTimeoutMs', OPTIONS.shutdownTimeoutMs),
    ownHosts: of('ownHosts', OPTIONS.ownHosts),
    trustedCallers: of('trustedCallers', OPTIONS.trustedCallers),
    ignoreIncomingPaths: of('ignoreIncomingPaths', OPTIONS.ignoreIncomingPaths),
    metricsPort: of('metricsPort', OPTIONS.metricsPort),
    metricsHost: of('metricsHost', OPTIONS.metricsHost),
    metricsToken: of('metricsToken', OPTIONS.metricsToken),
  };
}

/** The standard way of asking for `/metrics`; our own option wins. */
function withPrometheus(values: OptionValues, env: Environment): OptionValues {
  const asked = SIGNALS.filter((signal) =>
    env.readFor(variables.EXPORTERS, signal)?.includes('prometheus'),
  );
  const other = asked.find((signal) => signal !== 'metrics');
  if (other !== undefined) {
    const variable = variableFor(variables.EXPORTERS, other);
    throw codedError(ERRORS, 'MONEYTRAIL_EXPORTER_UNKNOWN', {
      name: variable,
      value: 'prometheus',
      expected: 'otlp',
    });
  }
  if (asked.length === 0 || values.metricsPort !== undefined) return values;
  return {
    ...values,
    metricsPort: env.read(variables.PROMETHEUS_PORT),
    metricsHost: env.read(variables.PROMETHEUS_HOST) ?? values.metricsHost,
  };
}

function readMetrics(env: Environment): MetricSettings {
  const histograms = env.read(variables.HISTOGRAMS);
  return {
    temporality: env.read(variables.TEMPORALITY),
    areHistogramsExponential: histograms === 'base2_exponential_bucket_histogram',
    exportTimeoutMs: env.read(variables.METRIC_EXPORT_TIMEOUT),
  };
}

function checkAddress({ metricsPort, metricsHost, metricsToken }: OptionValues): void {
  const isPrivate = /^(127\.|::1$|localhost$)/.test(metricsHost);
  if (metricsPort === undefined || metricsToken !== undefined || isPrivate) return;
  throw codedError(ERRORS, 'MONEYTRAIL_METRICS_TOKEN_MISSING', { host: metricsHost });
}
