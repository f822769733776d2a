/** Values that all copies of a package share in a process. */
import { codedText } from './coded.ts';
import { COPY_ERRORS } from './errors.ts';

/** A shared value, and the version of its shape. */
interface Shared {
  readonly version: number;
  readonly value: unknown;
}

/** The Node.js process; `undefined` in a browser. */
interface Program {
  emitWarning(text: string, options: { readonly type: string; readonly code: string }): void;
}

/**
 * The logger providers of our own telemetry: `provider` for log lines, `events` for business events, which are never
 * truncated.
 */
interface OwnLoggers<Provider> {
  provider: Provider | undefined;
  events: Provider | undefined;
}

/**
 * The logger providers of our own telemetry, if it has started. Records are sent to them directly, even if another SDK has
 * registered its logs. `@moneytrail/telemetry` sets them; `@moneytrail/metrics` and `@moneytrail/logs` read them.
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

/**
 * The value with this name that all loaded copies of a package share in the process. The first copy creates it. A copy
 * whose value has another shape (`version`) gets its own value, and a warning with the code `MONEYTRAIL_COPIES_DIFFER` is
 * emitted.
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

function warn(name: string, first: number, second: number): void {
  const code = 'MONEYTRAIL_COPIES_DIFFER';
  const program: Program | undefined = Reflect.get(globalThis, 'process');
  program?.emitWarning(codedText(COPY_ERRORS, code, { name, first, second }), {
    type: 'MoneytrailWarning',
    code,
  });
}
