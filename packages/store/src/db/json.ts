import type { Attributes } from '../otlp/read.ts';

/** Reads a JSON column that the store has written itself. */
export function parseJson<Stored>(json: string): Stored {
  return JSON.parse(json);
}

/** Attributes of a stored record. */
export function parseAttributes(json: string): Attributes {
  return parseJson<Attributes>(json);
}
