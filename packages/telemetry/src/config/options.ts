// The options of `startTelemetry`.
import type { ComponentOptions } from './components.ts';
import * as rules from './rules.ts';

/** A setting: where it comes from, what it may be, and its value when nothing sets it. */
export interface Setting<Value = unknown> {
  readonly rule: rules.Rule<Value>;
  /** Variable of the environment; `{SIGNAL}` stands for `TRACES`, `METRICS` and `LOGS`. */
  readonly variable: string;
  /** Value when nothing sets it; `undefined` means off, or determined by other means. */
  readonly fallback?: Value;
  /** One sentence for the documentation. */
  readonly help: string;
  /** Code of the error that a wrong value raises, where it has a page of its own. */
  readonly code?: WrongValueCode;
}

/** A setting with one variable. */
export interface Option<Value = unknown> extends Setting<Value> {
  readonly isPerSignal?: false;
}

/** An option that always has a value. */
export interface DefaultedOption<Value> extends Option<Value> {
  readonly fallback: Value;
}

/** A setting with one variable for each signal. */
export interface SignalOption<Value = unknown> extends Setting<Value> {
  readonly isPerSignal: true;
}

/** A setting for each signal that always has a value. */
export interface DefaultedSignalOption<Value> extends SignalOption<Value> {
  readonly fallback: Value;
}

/** Codes of errors that name a setting, the value it was given and what it takes. */
export type WrongValueCode =
  | 'MONEYTRAIL_ENDPOINT_INVALID'
  | 'MONEYTRAIL_EXPORTER_UNKNOWN'
  | 'MONEYTRAIL_PROTOCOL_NOT_BUILT_IN';

/** The options that also have a variable, each with its value. */
export interface OptionValues {
  /** Name of the service. */
  readonly serviceName: string | undefined;
  /** Base address of OTLP over HTTP. */
  readonly endpoint: string;
  /** Milliseconds between two exports of metrics. */
  readonly exportIntervalMs: number;
  /** The longest, in milliseconds, that the end of the process waits. */
  readonly shutdownTimeoutMs: number;
  /** Hosts that requests carry trace context to. */
  readonly ownHosts: readonly string[];
  /** Callers whose traces are continued. */
  readonly trustedCallers: readonly string[];
  /** Paths of incoming requests that are not recorded. */
  readonly ignoreIncomingPaths: readonly string[];
  /** Port of `/metrics`. */
  readonly metricsPort: number | undefined;
  /** Address that `/metrics` listens on. */
  readonly metricsHost: string;
  /** Bearer token of `/metrics`. */
  readonly metricsToken: string | undefined;
}

/** Name of an option that also has a variable. */
export type OptionName = keyof OptionValues;

/** What code may pass for an option: a list may also be a text with commas, as in its variable. */
export type OptionInput<Value> = Value extends readonly string[] ? string | Value : Value;

/** Options of `startTelemetry`. Where the code leaves one out, the environment sets it, and otherwise the default. */
export type TelemetryOptions = ComponentOptions & {
  readonly [Name in keyof OptionValues]?: OptionInput<OptionValues[Name]> | undefined;
};

/** The table of the options that also have a variable. */
export type OptionTable = {
  readonly [Name in OptionName]: undefined extends OptionValues[Name]
    ? Option<NonNullable<OptionValues[Name]>>
    : DefaultedOption<OptionValues[Name]>;
};

/**
 * Every option of `startTelemetry` that also has a variable, each written once: check, default and the row in `docs/configuration.md` come
 * from here.
 */
export const OPTIONS: OptionTable = {
  serviceName: {
    rule: rules.text,
    variable: 'OTEL_SERVICE_NAME',
    help: 'Name of the service; without it, the name in the nearest `package.json`.',
  },
  endpoint: {
    rule: rules.url,
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    fallback: 'http://localhost:4318',
    code: 'MONEYTRAIL_ENDPOINT_INVALID',
    help: 'Base address of OTLP over HTTP; `/v1/traces`, `/v1/metrics` and `/v1/logs` are appended.',
  },
  exportIntervalMs: {
    rule: rules.integer(100, 3_600_000),
    variable: 'OTEL_METRIC_EXPORT_INTERVAL',
    fallback: 60_000,
    help: 'Milliseconds between two exports of metrics.',
  },
  shutdownTimeoutMs: {
    rule: rules.integer(100, 2000),
    variable: 'MONEYTRAIL_SHUTDOWN_TIMEOUT_MS',
    fallback: 2000,
    help: 'The longest, in milliseconds, that the end of the process waits for the last telemetry to be sent.',
  },
  ownHosts: {
    rule: rules.hosts,
    variable: 'MONEYTRAIL_OWN_HOSTS',
    fallback: ['private'],
    help: 'Hosts that requests carry `traceparent`, `tracestate` and `baggage` to; `private` are addresses and names that the internet does not route.',
  },
  trustedCallers: {
    rule: rules.callers,
    variable: 'MONEYTRAIL_TRUSTED_CALLERS',
    fallback: ['private'],
    help: 'Callers that may continue their trace here; `private` are those with a private address that no proxy has forwarded. Others start a new trace, which is linked to theirs.',
  },
  ignoreIncomingPaths: {
    rule: rules.paths,
    variable: 'MONEYTRAIL_IGNORE_INCOMING_PATHS',
    fallback: [],
    help: 'Incoming requests that are not recorded, by path, such as `/healthz,/static/*`; by default, all are recorded.',
  },
  metricsPort: {
    rule: rules.integer(1, 65_535),
    variable: 'MONEYTRAIL_METRICS_PORT',
    help: 'Port of a Prometheus endpoint at `/metrics`; without it, there is no endpoint.',
  },
  metricsHost: {
    rule: rules.address,
    variable: 'MONEYTRAIL_METRICS_HOST',
    fallback: '127.0.0.1',
    help: 'IP address that `/metrics` listens on; one that others can reach needs `metricsToken`.',
  },
  metricsToken: {
    rule: rules.text,
    variable: 'MONEYTRAIL_METRICS_TOKEN',
    help: 'Bearer token that a request to `/metrics` must carry.',
  },
};
