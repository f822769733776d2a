/** Positions in a parsed file. */
import type { Scalar } from './variables.ts';
import type { YamlNode } from './yaml-node.ts';

/** A position in the file, also of a missing setting: it has a path, and the line of its parent. */
export class Cursor {
  /** For example `exporters.otlp_http/loki.sending_queue.storage`; empty for the whole file. */
  readonly path: string;
  readonly line: number;
  /** The lines of its parents, outermost first, and its own line last. */
  readonly lines: readonly number[];
  readonly #node: YamlNode | undefined;
  readonly #above: readonly number[];
  /** The line for missing children. */
  readonly #missingAt: number;

  /** `above` are the lines of the parents; none if the root is a whole file. */
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

  /** The whole configuration does not have a line of its own. */
  #linesBelow(): readonly number[] {
    return this.path === '' ? this.#above : this.lines;
  }

  exists(): boolean {
    return this.#node !== undefined;
  }

  /** Whether it is set and not null, unlike a bare `sending_queue:`. */
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

  /** The value, if it is a known string or number. */
  text(): string | undefined {
    const value = this.value();
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  /** The value as written in the file, with variables. */
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

/** Every scalar at and below a position, with its key. */
export function* scalarsOf(cursor: Cursor, key = ''): Generator<[key: string, Cursor]> {
  for (const [name, child] of cursor.entries()) yield* scalarsOf(child, name);
  for (const item of cursor.items()) yield* scalarsOf(item, key);
  if (cursor.isSet() && !cursor.isMap() && !cursor.isList()) yield [key, cursor];
}
