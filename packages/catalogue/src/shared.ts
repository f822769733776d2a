import { codedText } from './coded.ts';
import { COPY_ERRORS } from './errors.ts';

/** What is kept for a name: the value, and the version of its shape. */
interface Shared {
  readonly version: number;
  readonly value: unknown;
}

/**
 * The one value with this name in the process, however many copies of a package were loaded and in whatever way. The first copy
 * that asks makes it. A copy whose value has another shape (`version`) gets one of its own, and a warning with the code
 * `MONEYTRAIL_COPIES_DIFFER` says so.
 *
 * @example
 * ```ts
 * import { sharedInProcess } from '@moneytrail/catalogue';
 * const one = sharedInProcess('example', 1, () => ({ calls: 0 }));
 * console.log(one === sharedInProcess('example', 1, () => ({ calls: 0 }))); // true
 * ```
 */
export function sharedInProcess<Value>(name: string, version: number, make: () => Value): Value {
  const key = Symbol.for(`moneytrail.${name}`);
  const found: Shared | undefined = Reflect.get(globalThis, key);
  // The same version of the same name has the same shape.
  if (found?.version === version) return found.value as Value;
  const value = make();
  if (found === undefined) Reflect.set(globalThis, key, { version, value } satisfies Shared);
  else warn(name, found.version, version);
  return value;
}

/** The process of Node.js; in a browser there is none. */
interface Program {
  emitWarning(text: string, options: { readonly type: string; readonly code: string }): void;
}

function warn(name: string, first: number, second: number): void {
  const code = 'MONEYTRAIL_COPIES_DIFFER';
  const program: Program | undefined = Reflect.get(globalThis, 'process');
  program?.emitWarning(codedText(COPY_ERRORS, code, { name, first, second }), {
    type: 'MoneytrailWarning',
    code,
  });
}

/** The logger providers of our own telemetry: `provider` for log lines, `events` for business events, which no limit cuts. */
interface OwnLoggers<Provider> {
  provider: Provider | undefined;
  events: Provider | undefined;
}

/**
 * Holds the logger providers of our own telemetry, where that has started: records go to them directly, also where another
 * SDK has registered its logs. `@moneytrail/telemetry` puts them here, `@moneytrail/metrics` and `@moneytrail/logs` read them.
 *
 * @example
 * ```ts
 * import { ownLoggers } from '@moneytrail/catalogue';
 * console.log(ownLoggers().provider); // undefined
 * ```
 */
export function ownLoggers<Provider>(): OwnLoggers<Provider> {
  return sharedInProcess('loggers', 1, () => ({ provider: undefined, events: undefined }));
}
