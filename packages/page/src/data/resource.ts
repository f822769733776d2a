/** A response of the store that is reloaded: the last successful one is kept while the next is loading. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { type Failure, request } from './api.ts';

/** The state of one address. */
export interface Resource<T> {
  /** The last successful response; undefined before the first. */
  readonly value: ReadonlySignal<T | undefined>;
  /** Why the latest request failed; undefined after a successful one. */
  readonly failure: ReadonlySignal<Failure | undefined>;
  /** Time of the last successful response, Unix milliseconds; 0 before the first. */
  readonly atMs: ReadonlySignal<number>;
  /** Reloads; calls during a request share one further request after it. Never rejects. */
  load(): Promise<void>;
}

/** A resource whose address is computed for each request, because ranges move with the clock. */
export function createResource<T>(address: () => string): Resource<T> {
  const value = signal<T | undefined>(undefined);
  const failure = signal<Failure | undefined>(undefined);
  const atMs = signal(0);
  const load = oneAtATime(async () => {
    const result = await request<T>(address());
    batch(() => {
      failure.value = 'failure' in result ? result.failure : undefined;
      if ('failure' in result) return;
      value.value = result.value;
      atMs.value = Date.now();
    });
  });
  return { value, failure, atMs, load };
}

/** Runs `work` one at a time; calls during a run share one further run after it. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const run = (): Promise<void> => {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return run();
    waiting ??= running.then(() => {
      waiting = undefined;
      return run();
    });
    return waiting;
  };
}
