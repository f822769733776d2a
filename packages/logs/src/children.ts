// How a logger makes children and binds fields.
import type { HiddenPath } from '@moneytrail/privacy';
import { pino } from 'pino';
import type { Family, OwnLogger } from './family.ts';
import { formattersFor } from './formatters.ts';
import { readHiddenOfChild } from './hidden.ts';
import { isFunction, type Unknown } from './symbols.ts';

interface Given {
  readonly [option: string]: unknown;
}

/** The options of a child, as far as they can be used. */
interface ChildOptions {
  readonly hidden: readonly HiddenPath[];
  readonly bindings: unknown;
  readonly ofPino: Given | undefined;
}

const NO_OPTIONS: ChildOptions = { hidden: [], bindings: undefined, ofPino: undefined };

/** Takes over how `root` and its children make children and bind fields. */
export function adoptChildren(family: Family, root: OwnLogger): void {
  const make: unknown = Reflect.get(root, 'child');
  if (!isFunction(make)) return;
  const child = function child(this: unknown, given?: unknown, wanted?: unknown): unknown {
    const parent = family.memberOf(this);
    const { hidden, bindings, ofPino } = optionsOf(family, wanted);
    const made = family.memberOf(makeQuietly(make, parent, ofPino));
    if (isFunction(bindings)) {
      const formatters = { ...made[pino.symbols.formattersSym], bindings };
      Reflect.set(made, pino.symbols.formattersSym, formatters);
    }
    family.hideMore(made, hidden);
    family.bind(made, given);
    const { onChild } = parent;
    family.attempts.run(
      'onChild',
      () => onChild(made),
      () => undefined,
    );
    return made;
  };
  const setBindings = function setBindings(this: unknown, given: unknown): void {
    family.bind(family.memberOf(this), given);
  };
  Object.assign(root, { child, setBindings });
}

/** Each option is read once. Where they cannot be read there are none, so that the request goes on with its log. */
function optionsOf(family: Family, given: unknown): ChildOptions {
  if (given === undefined) return NO_OPTIONS;
  try {
    const { level, customLevels, msgPrefix, serializers, formatters, redact } = Object(given);
    const { bindings, ...others } = functionsOf(formatters) ?? {};
    const ofPino = {
      level,
      customLevels: isObject(customLevels) ? { ...customLevels } : undefined,
      msgPrefix,
      serializers: functionsOf(serializers),
      formatters: formattersFor(others, family.attempts),
    };
    const hidden = readHiddenOfChild(redact, family.attempts);
    return { hidden, bindings, ofPino: withoutUndefined(ofPino) };
  } catch {
    return NO_OPTIONS;
  }
}

function functionsOf(value: unknown): Record<string, unknown> | undefined {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === 'function'));
}

function isObject(value: unknown): value is Given {
  return typeof value === 'object' && value !== null;
}

function withoutUndefined(options: Given): Given {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Makes a child while `onChild` of its parent does nothing: it must see a child that is complete. */
function makeQuietly(make: Unknown, parent: OwnLogger, options: Given | undefined): unknown {
  const { onChild } = parent;
  parent.onChild = nothing;
  try {
    return makeChild(make, parent, options);
  } finally {
    parent.onChild = onChild;
  }
}

function nothing(): void {
  // In place of a callback.
}

/** A level that does not exist, and one that exists already, are left out, so that the request goes on with its log. */
function makeChild(make: Unknown, parent: OwnLogger, options: Given | undefined): unknown {
  if (options === undefined) return Reflect.apply(make, parent, [{}]);
  const { level, customLevels, ...others } = options;
  for (const wanted of [options, { ...others, customLevels }, others]) {
    try {
      return Reflect.apply(make, parent, [{}, withoutUndefined(wanted)]);
    } catch {
      // The next one asks for less.
    }
  }
  return Reflect.apply(make, parent, [{}]);
}
