import type { Scalar } from './variables.ts';
import type { YamlNode } from './yaml-node.ts';

/**
 * A place in the file, whether something is written there or not: what is missing still has a path, and the line of
 * what it is missing from.
 */
export class Cursor {
  /** As `exporters.otlp_http/loki.sending_queue.storage`; empty for the whole file. */
  readonly path: string;
  readonly line: number;
  /** The lines of what it stands in, the outermost first; its own is the last. */
  readonly lines: readonly number[];
  readonly #node: YamlNode | undefined;
  readonly #above: readonly number[];
  /** The line of what is missing below. */
  readonly #missingAt: number;

  /** `above` are the lines that it stands under; a root that is a whole file stands under none. */
  constructor(node: YamlNode | undefined, path = '', above: readonly number[] = [], missingAt = 1) {
    this.#node = node;
    this.#above = above;
    this.path = path;
    this.line = node?.line ?? missingAt;
    this.lines = [...above, this.line];
    this.#missingAt = path === '' ? missingAt : this.line;
  }

  at(...keys: readonly string[]): Cursor {
    return keys.reduce<Cursor>((cursor, key) => cursor.#child(key), this);
  }

  #child(key: string): Cursor {
    const path = this.path === '' ? key : `${this.path}.${key}`;
    return new Cursor(this.#node?.entries?.get(key), path, this.#linesBelow(), this.#missingAt);
  }

  /** A configuration as a whole stands on no line of its own. */
  #linesBelow(): readonly number[] {
    return this.path === '' ? this.#above : this.lines;
  }

  exists(): boolean {
    return this.#node !== undefined;
  }

  /** Written and not null: `sending_queue:` alone says nothing. */
  isSet(): boolean {
    return this.#node !== undefined && this.#node.value !== null;
  }

  isMap(): boolean {
    return this.#node?.entries !== undefined;
  }

  isList(): boolean {
    return this.#node?.items !== undefined;
  }

  value(): Scalar | undefined {
    return this.#node?.value;
  }

  /** The value if it is a text or a number that is known. */
  text(): string | undefined {
    const value = this.value();
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  /** As it is written in the file, variables and all. */
  written(): string | undefined {
    return this.#node?.written;
  }

  entries(): [key: string, Cursor][] {
    return [...(this.#node?.entries?.keys() ?? [])].map((key) => [key, this.at(key)]);
  }

  items(): Cursor[] {
    return (this.#node?.items ?? []).map(
      (item, index) => new Cursor(item, `${this.path}[${index}]`, this.#linesBelow()),
    );
  }
}

/** Every scalar at and below a place, with the key it stands under. */
export function* scalarsOf(cursor: Cursor, key = ''): Generator<[key: string, Cursor]> {
  for (const [name, child] of cursor.entries()) yield* scalarsOf(child, name);
  for (const item of cursor.items()) yield* scalarsOf(item, key);
  if (cursor.isSet() && !cursor.isMap() && !cursor.isList()) yield [key, cursor];
}
