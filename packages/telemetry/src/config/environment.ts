// Reads the environment. No other file of the package does.
import { type AttributeValue, codedError, invalidOption, shownValue } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import type {
  DefaultedOption,
  DefaultedSignalOption,
  Option,
  Setting,
  SignalOption,
} from './options.ts';
import { unpackVariables } from './pm2.ts';

/** The three kinds of telemetry, as OTLP names them. */
export type Signal = Exclude<AttributeValue<'telemetry.signal'>, '_OTHER'>;

/** All signals. */
export const SIGNALS: readonly Signal[] = ['traces', 'metrics', 'logs'];

/** Variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables of this process, those that PM2 has packed included. */
export function processVariables(): Variables {
  unpackVariables(process.env);
  return process.env;
}

/** The names of the variables that a setting stands for: one, or one for each signal. */
export function variablesOf({ variable }: { readonly variable: string }): string[] {
  if (!variable.includes('{SIGNAL}')) return [variable];
  return SIGNALS.map((signal) => variableFor({ variable }, signal));
}

/** The name of the variable of one signal. */
export function variableFor({ variable }: { readonly variable: string }, signal: Signal): string {
  return variable.replace('{SIGNAL}', signal.toUpperCase());
}

/**
 * Checks a value of an option or variable and returns what it stands for. Throws a `MoneytrailError` where the rule of the setting refuses
 * it.
 */
export function checked<Value>(setting: Setting<Value>, name: string, given: unknown): Value {
  const value = setting.rule.read(given);
  if (value !== undefined) return value;
  const wrong = { name, value: shown(setting, given), expected: setting.rule.expects };
  throw setting.code === undefined
    ? invalidOption(name, wrong.value, wrong.expected)
    : codedError(ERRORS, setting.code, wrong);
}

/** Reads settings from variables, each as the typed value that its rule makes of it. A wrong value throws a `MoneytrailError`. */
export class Environment {
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  /** The value of a setting, or its default. */
  read<Value>(option: DefaultedOption<Value>): Value;
  read<Value>(option: Option<Value>): Value | undefined;
  read<Value>(option: Option<Value>): Value | undefined {
    return this.given(option, option.variable) ?? option.fallback;
  }

  /** The value of a setting for one signal, or its default. */
  readFor<Value>(option: DefaultedSignalOption<Value>, signal: Signal): Value;
  readFor<Value>(option: SignalOption<Value>, signal: Signal): Value | undefined;
  readFor<Value>(option: SignalOption<Value>, signal: Signal): Value | undefined {
    return this.given(option, variableFor(option, signal)) ?? option.fallback;
  }

  /** The value of a variable, without a default. As everywhere in OpenTelemetry, an empty variable counts as not set. */
  given<Value>(setting: Setting<Value>, variable: string): Value | undefined {
    const text = this.#variables[variable]?.trim() ?? '';
    return text === '' ? undefined : checked(setting, variable, text);
  }
}

/** A value for an error message, without the password of an address and without secrets. */
function shown({ rule }: Setting, value: unknown): string {
  const text = shownValue(value).replace(/\/\/[^/@]*@/, '//…@');
  return rule.hide?.(text) ?? text;
}
