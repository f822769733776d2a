import {
  type AttributeValue,
  MoneytrailError,
  shownValue,
  withOptions,
} from '@moneytrail/catalogue';
import type { QueueLimits } from './export/queue.ts';
import { OPTIONS, type Option, type OptionValues, type TelemetryOptions } from './options.ts';
import { QUEUES, type QueueVariables } from './queue-variables.ts';
import { expectation, namesOf, readValue } from './rules.ts';
import * as variables from './variables.ts';

/** The three kinds of telemetry, as OTLP names them. */
export type Signal = Exclude<AttributeValue<'telemetry.signal'>, '_OTHER'>;

const SIGNALS: readonly Signal[] = ['traces', 'logs', 'metrics'];

/** Traces leave by `exporter-trace-otlp-http`, which writes JSON; the other two signals by their protobuf exporters. */
const DEFAULT_PROTOCOLS: Readonly<Record<Signal, string>> = {
  traces: 'http/json',
  metrics: 'http/protobuf',
  logs: 'http/protobuf',
};

/** Where one signal goes. */
export interface SignalSettings {
  readonly signal: Signal;
  readonly exporters: readonly string[];
  readonly encoding: 'protobuf' | 'json';
  readonly url: string;
}

/** Everything that `startTelemetry` needs to know, checked. */
export interface Settings {
  readonly disabled: boolean;
  readonly values: OptionValues;
  readonly propagators: readonly string[];
  readonly signals: Readonly<Record<Signal, SignalSettings>>;
  readonly queues: Readonly<Record<'traces' | 'logs' | 'money', QueueLimits>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks options and variables: the code wins over the environment, the environment over the default.
 * Throws a `MoneytrailError` that names the first wrong one.
 */
export function readSettings(options: TelemetryOptions, env: Environment): Settings {
  return withOptions('startTelemetry', options, (given) => read(given, env));
}

function read(options: TelemetryOptions, env: Environment): Settings {
  checkNames(options);
  for (const option of variables.VARIABLES) {
    for (const variable of variablesOf(option)) fromEnvironment(option, variable, env);
  }
  const values = withPrometheus(readOptions(options, env), env);
  checkAddress(values);
  return {
    disabled: textOf(variables.DISABLED, env)?.toLowerCase() === 'true',
    values,
    propagators: namesOf(textOf(variables.PROPAGATORS, env) ?? ''),
    signals: {
      traces: readSignal('traces', values, env),
      metrics: readSignal('metrics', values, env),
      logs: readSignal('logs', values, env),
    },
    queues: readQueues(env),
  };
}

/** The names of the variables that an option stands for: one, or one for each signal. */
function variablesOf(option: Option): string[] {
  if (!option.variable.includes('{SIGNAL}')) return [option.variable];
  return SIGNALS.map((signal) => variableFor(option, signal));
}

function variableFor(option: Option, signal: Signal): string {
  return option.variable.replace('{SIGNAL}', signal.toUpperCase());
}

function checkNames(options: object): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name));
  if (unknown !== undefined) throw new MoneytrailError('MONEYTRAIL_OPTION_UNKNOWN', unknown);
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
  const asked = SIGNALS.filter((signal) => exportersOf(signal, env).includes('prometheus'));
  const other = asked.find((signal) => signal !== 'metrics');
  if (other !== undefined) {
    const variable = variableFor(variables.EXPORTERS, other);
    throw new MoneytrailError('MONEYTRAIL_EXPORTER_UNKNOWN', variable, 'prometheus', 'otlp');
  }
  if (asked.length === 0 || values.metricsPort !== undefined) return values;
  return { ...values, metricsPort: Number(textOf(variables.PROMETHEUS_PORT, env)) };
}

function exportersOf(signal: Signal, env: Environment): string[] {
  return namesOf(textOf(variables.EXPORTERS, env, signal) ?? '');
}

function checkAddress({ metricsPort, metricsHost, metricsToken }: OptionValues): void {
  const isPrivate = /^(127\.|::1$)/.test(metricsHost);
  if (metricsPort === undefined || metricsToken !== undefined || isPrivate) return;
  throw new MoneytrailError('MONEYTRAIL_METRICS_TOKEN_MISSING', metricsHost);
}

function readSignal(signal: Signal, values: OptionValues, env: Environment): SignalSettings {
  const own = (option: Option): string | undefined => textOf(option, env, signal);
  const protocol = own(variables.SIGNAL_PROTOCOL) ?? own(variables.PROTOCOL);
  return {
    signal,
    exporters: exportersOf(signal, env),
    encoding: (protocol ?? DEFAULT_PROTOCOLS[signal]) === 'http/json' ? 'json' : 'protobuf',
    url: own(variables.SIGNAL_ENDPOINT) ?? urlOf(values.endpoint, signal),
  };
}

/** The address of a signal; a query, which may hold a key, stays behind the path. */
function urlOf(endpoint: string, signal: Signal): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/${signal}`;
  return url.href;
}

/** Bytes that spans or lines may take while they wait, whatever their number. */
const QUEUE_BYTES = 16 * 1_048_576;

/** Events of money get more room than the variables say of the rest. */
const MONEY_ITEMS = 65_536;
const MONEY_BYTES = 32 * 1_048_576;

function readQueues(env: Environment): Settings['queues'] {
  const logs = readQueue(QUEUES.logs, env);
  const maxItems = Math.max(MONEY_ITEMS, logs.maxItems);
  return {
    traces: readQueue(QUEUES.traces, env),
    logs,
    money: { ...logs, maxItems, maxBytes: MONEY_BYTES },
  };
}

function readQueue(queue: QueueVariables, env: Environment): QueueLimits {
  const maxItems = Number(textOf(queue.maxItems, env));
  return {
    maxItems,
    maxBytes: QUEUE_BYTES,
    // A batch that the queue cannot hold would never be full.
    batchItems: Math.min(maxItems, Number(textOf(queue.batchItems, env))),
    delayMs: Number(textOf(queue.delayMs, env)),
  };
}

function fromEnvironment(
  option: Option,
  variable: string,
  env: Environment,
): string | number | undefined {
  const text = env[variable]?.trim() ?? '';
  // An empty variable counts as one that is not set, as everywhere in OpenTelemetry.
  return text === '' ? undefined : checked(option, variable, text);
}

function checked(option: Option, name: string, given: unknown): string | number {
  const text = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
  const value = readValue(option, text);
  if (value !== undefined) return value;
  const code = option.code ?? 'MONEYTRAIL_OPTION_INVALID';
  throw new MoneytrailError(code, name, shown(option, given), expectation(option));
}

/** A value for an error message, without the password that an address may carry, or a header. */
function shown({ kind }: Option, value: unknown): string {
  const text = shownValue(value).replace(/\/\/[^/@]*@/, '//…@');
  return kind === 'pairs' ? text.replace(/=[^,]+/g, '=…') : text;
}

function textOf(option: Option, env: Environment, signal: Signal = 'traces'): string | undefined {
  const value = fromEnvironment(option, variableFor(option, signal), env) ?? option.fallback;
  return value === undefined ? undefined : String(value);
}
