/** `${env:NAME:-default}` as the Collector reads it. */
import { parse } from 'yaml';

/**
 * Stands for a value that is not known here: a variable without a value, a file, a placeholder that Helm fills in. Rules pass
 * over it.
 */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A scalar after the variables were put in. */
export type Scalar = string | number | boolean | null | typeof UNKNOWN;

/** Values of environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** `{{ .Values.host }}` of a Helm template. */
export const PLACEHOLDER: RegExp = /\{\{[^\n]*\}\}/;

const REFERENCE = /\$\$|\$\{(?:env:)?(\w+)(?::-([^}]*))?\}/g;

/** Puts variables into a scalar. A text that is one reference takes the type of what comes in: `${env:N:-4}` is a number. */
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
    // Not YAML by itself: a text, as the Collector takes it.
  }
  return text;
}
