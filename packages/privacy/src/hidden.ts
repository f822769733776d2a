/** Hides values that callers name by path, such as `user.cards[*].holder`, or by name. */
import { plainName } from './names.ts';

/** Returns the replacement of a hidden value. `undefined` leaves the field out. */
export type Censor = (value: unknown, path: readonly string[]) => unknown;

/** A value to hide. */
export interface HiddenPath {
  /**
   * The path of names to the value, as read by `pathNames`; `*` matches any name. A single name other than `*` applies at
   * any depth and in any spelling.
   */
  readonly names: readonly string[];
  readonly censor: Censor;
  /** Whether `censor` may return a part of the value. Fields of `REDACTED_FIELDS` are masked even then. */
  readonly showsPart: boolean;
}

/** A node in the tree of hidden paths. */
export interface HiddenNode {
  readonly inner: Map<string, HiddenNode>;
  hidden?: HiddenPath;
}

/** Hidden values, indexed for walking through a value. */
export interface Hidden {
  readonly top: readonly HiddenNode[];
  /** The entry of a field that is hidden by name. */
  readonly byName: (field: string) => HiddenPath | undefined;
}

/** One step of a path: a name after a dot, an index or `*` in brackets, or a quoted name in brackets. */
const PART = /(?:^|\.)([^.[\],]+)|\[(?:"([^"]+)"|'([^']+)'|`([^`]+)`|([^[\]"'`,]+))\]/y;

/**
 * The names in a path in JavaScript syntax: `user.id`, `headers["x-id"]`, `cards[*].holder`, `a[0].b`. `undefined` for any
 * other text.
 *
 * @example
 * ```ts
 * import { pathNames } from '@moneytrail/privacy';
 * console.log(pathNames('cards[*].holder'), pathNames('cards..holder')); // [ 'cards', '*', 'holder' ] undefined
 * ```
 */
export function pathNames(path: string): string[] | undefined {
  const names: string[] = [];
  for (let at = 0; at < path.length; at = PART.lastIndex) {
    PART.lastIndex = at;
    const name = PART.exec(path)
      ?.slice(1)
      .find((part) => part !== undefined);
    if (name === undefined || name.trim() === '') return undefined;
    names.push(name);
  }
  return names.length > 0 ? names : undefined;
}

/** Indexes hidden values by their paths. */
export function hiddenOf(paths: readonly HiddenPath[]): Hidden {
  const top: HiddenNode = { inner: new Map() };
  const named = new Map<string, HiddenPath>();
  for (const path of paths) {
    const [first = '*', ...further] = path.names;
    if (further.length === 0 && first !== '*') named.set(plainName(first), path);
    else addPath(top, path);
  }
  const byName = named.size > 0 ? (field: string) => named.get(plainName(field)) : () => undefined;
  return { top: [top], byName };
}

const NONE: readonly HiddenNode[] = [];

/** The nodes one name deeper. */
export function hiddenWithin(nodes: readonly HiddenNode[], name: string): readonly HiddenNode[] {
  if (nodes.length === 0) return NONE;
  return nodes.flatMap(({ inner }) => [inner.get(name) ?? [], inner.get('*') ?? []].flat());
}

function addPath(top: HiddenNode, path: HiddenPath): void {
  let node = top;
  for (const name of path.names) {
    const next = node.inner.get(name) ?? { inner: new Map() };
    node.inner.set(name, next);
    node = next;
  }
  node.hidden ??= path;
}
