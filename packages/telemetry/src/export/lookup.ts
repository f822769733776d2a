// Name lookups that cannot take the thread pool of the process.

import { type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

type Callback = Parameters<LookupFunction>[2];

/**
 * A lookup runs on a thread of the pool that the file system and the crypto of the service use too, and against a name server
 * that does not answer it takes seconds. So the requests of one signal share the one that is under way.
 */
export function createSharedLookup(): LookupFunction {
  const waiting = new Map<string, Callback[]>();
  return (hostname, options: LookupOptions, callback) => {
    const key = `${hostname} ${JSON.stringify(options)}`;
    const others = waiting.get(key);
    if (others !== undefined) {
      others.push(callback);
      return;
    }
    const callbacks = [callback];
    waiting.set(key, callbacks);
    lookup(hostname, options, (...result) => {
      waiting.delete(key);
      for (const each of callbacks) Reflect.apply(each, undefined, result);
    });
  };
}
