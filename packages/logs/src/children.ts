/** Creates child loggers and binds fields. */
import type { HiddenPath } from '@moneytrail/privacy';
import { pino } from 'pino';
import { formattersFor } from './formatters.ts';
import { readHiddenOfChild } from './hidden.ts';
import type { LoggerTree, TreeLogger } from './logger-tree.ts';
import { isFunction, type Unknown } from './symbols.ts';

interface Given {
  readonly [option: string]: unknown;
}

/** The usable options of a child. */
interface ChildOptions {
  readonly hidden: readonly HiddenPath[];
  readonly bindings: unknown;
  readonly ofPino: Given | undefined;
}

const NO_OPTIONS: ChildOptions = { hidden: [], bindings: undefined, ofPino: undefined };

/** Replaces `child` and `setBindings` of `root`, and so of all its children. */
export function attachChildren(tree: LoggerTree, root: TreeLogger): void {
  const make: unknown = Reflect.get(root, 'child');
  if (!isFunction(make)) return;
  const child = function child(this: unknown, given?: unknown, wanted?: unknown): unknown {
    const parent = tree.loggerOf(this);
    const { hidden, bindings, ofPino } = optionsOf(tree, wanted);
    const made = tree.loggerOf(makeQuietly(make, parent, ofPino));
    if (isFunction(bindings)) {
      const formatters = { ...made[pino.symbols.formattersSym], bindings };
      Reflect.set(made, pino.symbols.formattersSym, formatters);
    }
    tree.hideMore(made, hidden);
    tree.bind(made, given);
    const { onChild } = parent;
    tree.attempts.run(
      'onChild',
      () => onChild(made),
      () => undefined,
    );
    return made;
  };
  const setBindings = function setBindings(this: unknown, given: unknown): void {
    tree.bind(tree.loggerOf(this), given);
  };
  Object.assign(root, { child, setBindings });
}

/** Reads each option once. Unreadable options are ignored, so that a request keeps its logger. */
function optionsOf(tree: LoggerTree, given: unknown): ChildOptions {
  if (given === undefined) return NO_OPTIONS;
  try {
    const { level, customLevels, msgPrefix, serializers, formatters, redact } = Object(given);
    const { bindings, ...others } = functionsOf(formatters) ?? {};
    const ofPino = {
      level,
      customLevels: isObject(customLevels) ? { ...customLevels } : undefined,
      msgPrefix,
      serializers: functionsOf(serializers),
      formatters: formattersFor(others, tree.attempts),
    };
    const hidden = readHiddenOfChild(redact, tree.attempts);
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

/** Creates a child without calling `onChild` of the parent, which must get a complete child. */
function makeQuietly(make: Unknown, parent: TreeLogger, options: Given | undefined): unknown {
  const { onChild } = parent;
  parent.onChild = nothing;
  try {
    return makeChild(make, parent, options);
  } finally {
    parent.onChild = onChild;
  }
}

function nothing(): void {
  // A callback that is not called yet.
}

/** Creates a child. Unknown levels, and custom levels that exist already, are ignored, so that a request keeps its logger. */
function makeChild(make: Unknown, parent: TreeLogger, options: Given | undefined): unknown {
  if (options === undefined) return Reflect.apply(make, parent, [{}]);
  const { level, customLevels, ...others } = options;
  for (const wanted of [options, { ...others, customLevels }, others]) {
    try {
      return Reflect.apply(make, parent, [{}, withoutUndefined(wanted)]);
    } catch {
      // Try again with fewer options.
    }
  }
  return Reflect.apply(make, parent, [{}]);
}
