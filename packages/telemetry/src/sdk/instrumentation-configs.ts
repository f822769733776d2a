// Merges the configurations of instrumentations that a service passes into ours.
import type { InstrumentationConfigMap } from '@opentelemetry/auto-instrumentations-node';
import { Guard } from './guards.ts';

type Callback = (...parameters: readonly unknown[]) => unknown;

/** Callbacks of which ours must run, whatever the service passes. Others are replaced. */
const HOOK = /Hook$|^applyCustomAttributesOnSpan$/;

/** Values of the service replace ours; where both have a hook, ours runs first. What a callback of the service throws stays inside. */
export function mergeConfigs(
  ours: InstrumentationConfigMap,
  given: InstrumentationConfigMap,
): InstrumentationConfigMap {
  const names = new Set([...Object.keys(ours), ...Object.keys(given)]);
  const merged = [...names].map((name) => [
    name,
    mergeConfig(name, Object(Reflect.get(ours, name)), Object(Reflect.get(given, name))),
  ]);
  return Object.fromEntries(merged);
}

function mergeConfig(name: string, ours: object, given: object): object {
  const members = Object.entries(given).map(([key, value]) => {
    const own: unknown = Reflect.get(ours, key);
    const guarded = guard(`instrumentations.configure[${name}].${key}`, value);
    return [
      key,
      HOOK.test(key) && isCallback(own) && isCallback(guarded) ? both(own, guarded) : guarded,
    ];
  });
  return { ...ours, ...Object.fromEntries(members) };
}

/** A hook that decides what to ignore ignores what either of them does; other hooks return the attributes of both. */
function both(own: Callback, given: Callback): Callback {
  return (...parameters) => {
    const first = own(...parameters);
    if (first === true) return true;
    const second = given(...parameters);
    return isObject(first) && isObject(second) ? { ...first, ...second } : (second ?? first);
  };
}

/** Callbacks, alone or in a list, with a guard around them. */
function guard(option: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member: unknown) => guard(option, member));
  if (!isCallback(value)) return value;
  const around = new Guard(option, value);
  return (...parameters: readonly unknown[]): unknown =>
    around.run(
      () => value(...parameters),
      () => undefined,
    );
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
