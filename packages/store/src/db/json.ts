import type { Attributes } from '../otlp/read.ts';

/**
 * Reads a JSON column that the store has written itself. A row that was damaged since is shown without it: `fallback` stands in
 * its place.
 */
export function parseJson<Stored>(json: string, fallback: Stored): Stored {
  try {
    const stored: unknown = JSON.parse(json);
    const isSameKind = Array.isArray(stored) === Array.isArray(fallback);
    return typeof stored === 'object' && stored !== null && isSameKind
      ? (stored as Stored)
      : fallback;
  } catch {
    return fallback;
  }
}

/** Attributes of a stored record. */
export function parseAttributes(json: string): Attributes {
  return parseJson<Attributes>(json, {});
}
