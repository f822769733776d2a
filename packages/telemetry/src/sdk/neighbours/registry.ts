// What is registered in OpenTelemetry's API in this process, by us and by others.
import { ProxyTracerProvider, type TracerProvider } from '@opentelemetry/api';

/** What an SDK registers. Each has one place in a process, and the first to register keeps it. */
const PLACES = ['trace', 'context', 'propagation', 'metrics', 'logs', 'diag'] as const;

type Place = (typeof PLACES)[number];

/** All copies of `@opentelemetry/api` 1.x find what is registered under one key, with the version of the copy that was first. */
type Registry = { readonly [Name in Place]?: unknown } & { readonly version: string };

const KEY = Symbol.for('opentelemetry.js.api.1');

/** The places that others have taken, each with what is registered. */
export type Taken = ReadonlyMap<Place, unknown>;

/** What others have registered so far. */
export function takenPlaces(): Taken {
  const registry = readRegistry();
  const taken = PLACES.filter((place) => registry?.[place] !== undefined);
  return new Map(taken.map((place) => [place, registry?.[place]]));
}

/**
 * Runs `register`, which registers our SDK, next to what others have registered: theirs keeps its places, ours takes the free ones.
 * The API alone would refuse all of ours where an older copy has only set a diagnostic log. Returns what `register` returns.
 */
export function registerNextTo<Registered>(register: () => Registered): Registered {
  const theirs = readRegistry();
  const provider = delegateOf(theirs?.trace);
  Reflect.set(globalThis, KEY, undefined);
  try {
    return register();
  } finally {
    if (theirs !== undefined) Reflect.set(globalThis, KEY, merged(theirs, readRegistry()));
    // A copy of the API has one proxy, which leads to ours now if the other SDK uses the same copy.
    if (theirs?.trace instanceof ProxyTracerProvider) theirs.trace.setDelegate(Object(provider));
  }
}

/** Puts ours in the place of another. */
export function replace(place: Place, value: unknown): void {
  Reflect.set(globalThis, KEY, { ...readRegistry(), [place]: value });
}

/** The API registers a proxy in front of a tracer provider. */
export function delegateOf(provider: TracerProvider): TracerProvider;
export function delegateOf(provider: unknown): unknown;
export function delegateOf(provider: unknown): unknown {
  const getDelegate: unknown = Reflect.get(Object(provider), 'getDelegate');
  return typeof getDelegate === 'function' ? Reflect.apply(getDelegate, provider, []) : provider;
}

function readRegistry(): Registry | undefined {
  return Reflect.get(globalThis, KEY);
}

/** A copy of the API reads the registry of its own version and of newer ones, so it gets the newer of the two. */
function merged(theirs: Registry, ours: Registry | undefined): Registry {
  const isOursNewer = ours !== undefined && isNewer(ours.version, theirs.version);
  return { ...ours, ...theirs, version: isOursNewer ? ours.version : theirs.version };
}

function isNewer(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) > 0;
}
