// The options of `startTelemetry`.
import type { PartOptions } from './config/parts.ts';
import type { Rule } from './config/rules.ts';

/** One setting: where it comes from, what it may be, and what it is when nothing sets it. */
export type Option = Rule & {
  /** Variable of the environment; `{SIGNAL}` stands for `TRACES`, `METRICS` and `LOGS`. */
  readonly variable: string;
  /** Value when nothing sets it; `undefined` means off, or found out by other means. */
  readonly fallback?: string | number | undefined;
  /** One sentence for the documentation. */
  readonly help: string;
  /** Code of the error that a wrong value raises, where it has a page of its own. */
  readonly code?: WrongValueCode;
};

/** Codes of errors that name a setting, the value it was given and what it takes. */
export type WrongValueCode =
  | 'MONEYTRAIL_ENDPOINT_INVALID'
  | 'MONEYTRAIL_EXPORTER_UNKNOWN'
  | 'MONEYTRAIL_OPTION_INVALID'
  | 'MONEYTRAIL_PROTOCOL_NOT_BUILT_IN';

const CODE_OPTIONS = {
  serviceName: {
    kind: 'text',
    variable: 'OTEL_SERVICE_NAME',
    fallback: undefined,
    help: 'Name of the service; without it, the name in the nearest `package.json`.',
  },
  endpoint: {
    kind: 'url',
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    fallback: 'http://localhost:4318',
    code: 'MONEYTRAIL_ENDPOINT_INVALID',
    help: 'Where OTLP/HTTP is sent; `/v1/traces`, `/v1/metrics` and `/v1/logs` are appended.',
  },
  exportIntervalMs: {
    kind: 'integer',
    min: 100,
    max: 3_600_000,
    variable: 'OTEL_METRIC_EXPORT_INTERVAL',
    fallback: 60_000,
    help: 'Milliseconds between two exports of metrics.',
  },
  shutdownTimeoutMs: {
    kind: 'integer',
    min: 100,
    max: 2000,
    variable: 'MONEYTRAIL_SHUTDOWN_TIMEOUT_MS',
    fallback: 2000,
    help: 'The longest, in milliseconds, that the end of the process waits for the last telemetry to leave.',
  },
  ownHosts: {
    kind: 'hosts',
    variable: 'MONEYTRAIL_OWN_HOSTS',
    fallback: 'private',
    help: 'Hosts that requests carry `traceparent`, `tracestate` and `baggage` to; `private` are addresses and names that the internet does not route.',
  },
  trustedCallers: {
    kind: 'callers',
    variable: 'MONEYTRAIL_TRUSTED_CALLERS',
    fallback: 'private',
    help: 'Callers that may continue their trace here; `private` are those with a private address that no proxy has forwarded. Others start a new trace, which is linked to theirs.',
  },
  ignorePaths: {
    kind: 'paths',
    variable: 'MONEYTRAIL_IGNORE_PATHS',
    fallback: undefined,
    help: 'Requests that are not recorded, by their path, such as `/healthz,/static/*`; without it, all are recorded.',
  },
  metricsPort: {
    kind: 'integer',
    min: 1,
    max: 65_535,
    variable: 'MONEYTRAIL_METRICS_PORT',
    fallback: undefined,
    help: 'Port of a Prometheus endpoint at `/metrics`; without it there is none.',
  },
  metricsHost: {
    kind: 'address',
    variable: 'MONEYTRAIL_METRICS_HOST',
    fallback: '127.0.0.1',
    help: 'IP address that `/metrics` listens on; one that others can reach needs `metricsToken`.',
  },
  metricsToken: {
    kind: 'secret',
    variable: 'MONEYTRAIL_METRICS_TOKEN',
    fallback: undefined,
    help: 'Bearer token that a request to `/metrics` must carry.',
  },
} as const;

type OptionTable = typeof CODE_OPTIONS;

/** Name of an option of `startTelemetry`. */
export type OptionName = keyof OptionTable;

type ValueOf<Name extends OptionName> = OptionTable[Name]['kind'] extends 'integer'
  ? number
  : string;

/** Options of `startTelemetry`; what the code leaves out comes from the environment, then from the default. */
export type TelemetryOptions = PartOptions & {
  readonly [Name in OptionName]?: ValueOf<Name> | undefined;
};

/** Every option with its value. */
export type OptionValues = {
  readonly [Name in OptionName]: OptionTable[Name]['fallback'] extends undefined
    ? ValueOf<Name> | undefined
    : ValueOf<Name>;
};

/**
 * Every option of `startTelemetry`, each written once: type, variable, default, check and its row in
 * `docs/configuration.md` come from here.
 */
export const OPTIONS: Readonly<Record<OptionName, Option>> = CODE_OPTIONS;
