/** One response of the store that is loaded again and again: the last good one is kept while the next is loading. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { ask, type Failure } from './api.ts';

/** What is known of one address. */
export interface Resource<T> {
  /** The last good response, undefined before the first. */
  readonly value: ReadonlySignal<T | undefined>;
  /** Why the newest request failed; undefined after a good one. */
  readonly failure: ReadonlySignal<Failure | undefined>;
  /** Time of the last good response, Unix milliseconds; 0 before. */
  readonly atMs: ReadonlySignal<number>;
  /** Asks again; calls while one is under way become one more call after it. Never rejects. */
  load(): Promise<void>;
}

/** A resource whose address is computed anew for every call, because ranges move with the clock. */
export function createResource<T>(address: () => string): Resource<T> {
  const value = signal<T | undefined>(undefined);
  const failure = signal<Failure | undefined>(undefined);
  const atMs = signal(0);
  const load = oneAtATime(async () => {
    const answer = await ask<T>(address());
    batch(() => {
      failure.value = 'failure' in answer ? answer.failure : undefined;
      if ('failure' in answer) return;
      value.value = answer.value;
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
