/** Substitutes `${env:NAME:-default}` like the Collector. */
import { parse } from 'yaml';

/** An unknown value: a variable without a value, a file, or a Helm placeholder. Rules skip it. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A scalar after substitution. */
export type Scalar = string | number | boolean | null | typeof UNKNOWN;

/** Values of environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A placeholder of a Helm template: `{{ .Values.host }}`. */
export const PLACEHOLDER: RegExp = /\{\{[^\n]*\}\}/;

const REFERENCE = /\$\$|\$\{(?:env:)?(\w+)(?::-([^}]*))?\}/g;

/**
 * Substitutes variables in a scalar. A scalar that is a single reference has the type of its value: `${env:N:-4}` is a
 * number.
 */
export function substitute(value: unknown, variables: Variables): Scalar {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  if (PLACEHOLDER.test(value)) return UNKNOWN;
  if (!value.includes('$')) return value;
  let isKnown = true;
  const text = value.replace(REFERENCE, (reference, name: string | undefined, other?: string) => {
    if (name === undefined) return '$';
    const found = variables[name] ?? other;
    if (found === undefined) isKnown = false;
    return found ?? reference;
  });
  if (!isKnown || /\$\{/.test(text)) return UNKNOWN;
  return /^\$\{[^}]*\}$/.test(value) ? scalarOf(text) : text;
}

function scalarOf(text: string): Scalar {
  try {
    const value: unknown = parse(text);
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  } catch {
    // Invalid as YAML, so it is a string, as in the Collector.
  }
  return text;
}
