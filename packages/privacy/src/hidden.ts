// Values that a caller hides by path, such as `user.cards[*].holder`, or by name.
import { plainName } from './names.ts';

/** Makes what takes the place of a hidden value; `undefined` leaves the field out. */
export type Censor = (value: unknown, path: readonly string[]) => unknown;

/** A value to hide. */
export interface HiddenPath {
  /**
   * The names on the way to the value from the top, as `pathNames` reads them; `*` is any name. One name alone, unless it is `*`,
   * holds at any depth and in any spelling.
   */
  readonly names: readonly string[];
  readonly censor: Censor;
  /** Whether `censor` may show a part of the value. A field of `REDACTED_FIELDS` is then masked all the same. */
  readonly showsPart: boolean;
}

/** A name on the way to hidden values. */
export interface HiddenNode {
  readonly inner: Map<string, HiddenNode>;
  hidden?: HiddenPath;
}

/** What is hidden, ready for a walk through a value. */
export interface Hidden {
  readonly top: readonly HiddenNode[];
  /** The entry for a field that is hidden by its name. */
  readonly byName: (field: string) => HiddenPath | undefined;
}

/** A part of a path: a name behind a dot, an index or `*` in brackets, or a quoted name in brackets. */
const PART = /(?:^|\.)([^.[\],]+)|\[(?:"([^"]+)"|'([^']+)'|`([^`]+)`|([^[\]"'`,]+))\]/y;

/**
 * The names in a path that is written as in JavaScript: `user.id`, `headers["x-id"]`, `cards[*].holder`, `a[0].b`. `undefined` for
 * anything else.
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

/** Arranges what is hidden by the names on the way to it. */
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

function addPath(top: HiddenNode, path: HiddenPath): void {
  let node = top;
  for (const name of path.names) {
    const next = node.inner.get(name) ?? { inner: new Map() };
    node.inner.set(name, next);
    node = next;
  }
  node.hidden ??= path;
}

const NONE: readonly HiddenNode[] = [];

/** Where the paths of `nodes` lead with one more name. */
export function hiddenWithin(nodes: readonly HiddenNode[], name: string): readonly HiddenNode[] {
  if (nodes.length === 0) return NONE;
  return nodes.flatMap(({ inner }) => [inner.get(name) ?? [], inner.get('*') ?? []].flat());
}
