// Headers in the forms in which frameworks and platforms give them.
import type { HeaderReader } from '../provider.ts';

/** Headers of a request: `Headers` of the web, or an object of `node:http`, Express, Fastify, AWS Lambda. Names in any case. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads single headers. Never throws, whatever was given for the headers. */
export function headerReader(headers: unknown): HeaderReader {
  return (name) => {
    try {
      const value = read(headers, name);
      return typeof value === 'string' && value !== '' ? value : undefined;
    } catch {
      return undefined;
    }
  };
}

function read(headers: unknown, name: string): unknown {
  if (typeof headers !== 'object' || headers === null) return undefined;
  if ('get' in headers && typeof headers.get === 'function') return headers.get(name);
  const wanted = name.toLowerCase();
  const entry = Object.entries(headers).find(([key]) => key.toLowerCase() === wanted);
  return entry?.[1];
}
