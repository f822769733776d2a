// Reads variables of the environment and options by their rules.
import { type AttributeValue, MoneytrailError, shownValue } from '@moneytrail/catalogue';
import type { Option } from '../options.ts';
import { expectation, namesOf, readValue } from './rules.ts';

/** The three kinds of telemetry, as OTLP names them. */
export type Signal = Exclude<AttributeValue<'telemetry.signal'>, '_OTHER'>;

/** All signals. */
export const SIGNALS: readonly Signal[] = ['traces', 'metrics', 'logs'];

/** Variables by their name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The names of the variables that an option stands for: one, or one for each signal. */
export function variablesOf({ variable }: { readonly variable: string }): string[] {
  if (!variable.includes('{SIGNAL}')) return [variable];
  return SIGNALS.map((signal) => variableFor(variable, signal));
}

/** The name of the variable for one signal. */
export function variableFor(variable: string, signal: Signal): string {
  return variable.replace('{SIGNAL}', signal.toUpperCase());
}

/** The value of a variable, or `undefined` where it is not set. Throws a `MoneytrailError` where the value is wrong. */
export function fromEnvironment(
  option: Option,
  variable: string,
  env: Environment,
): string | number | undefined {
  const text = env[variable]?.trim() ?? '';
  // An empty variable counts as one that is not set, as everywhere in OpenTelemetry.
  return text === '' ? undefined : checked(option, variable, text);
}

/** A value of an option or variable, as its rule reads it. Throws a `MoneytrailError` where the rule refuses it. */
export function checked(option: Option, name: string, given: unknown): string | number {
  const text = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
  const value = readValue(option, text);
  if (value !== undefined) return value;
  const code = option.code ?? 'MONEYTRAIL_OPTION_INVALID';
  throw new MoneytrailError(code, name, shown(option, given), expectation(option));
}

/** The value of an option's variable, else its default, as text. */
export function textOf(
  option: Option,
  env: Environment,
  signal: Signal = 'traces',
): string | undefined {
  const variable = variableFor(option.variable, signal);
  const value = fromEnvironment(option, variable, env) ?? option.fallback;
  return value === undefined ? undefined : String(value);
}

/** The same as a number. */
export function numberOf(option: Option, env: Environment, signal?: Signal): number | undefined {
  const text = textOf(option, env, signal);
  return text === undefined ? undefined : Number(text);
}

/** The names in a variable that holds a list. */
export function namesIn(option: Option, env: Environment, signal?: Signal): string[] {
  return namesOf(textOf(option, env, signal) ?? '');
}

/** A value for an error message, without the password that an address may carry, or a header. */
function shown({ kind }: Option, value: unknown): string {
  const text = shownValue(value).replace(/\/\/[^/@]*@/, '//…@');
  return kind === 'pairs' ? text.replace(/=[^,]+/g, '=…') : text;
}
