// Makes the values of a record ones that OTLP carries, within a documented size, and says how much it takes.
import { isCardNumber, maskText } from '@moneytrail/privacy';
import { isMaskedByName, maskAttributes } from '../redaction/attributes.ts';

/** What the texts of one record may take together, in UTF-16 units. */
const MAX_RECORD = 262_144;

/** Members of one list or map. */
const MAX_MEMBERS = 1000;

const MAX_DEPTH = 10;

/** What an entry costs besides its text, in bytes. */
const ENTRY_BYTES = 16;

/** The longest text value, in UTF-16 units; the rest is cut off. */
const MAX_TEXT = 16_384;

/** The longest name of an attribute; an attribute with a longer name is left out. */
const MAX_NAME = 1024;

/** Integers of OTLP have 64 bits. */
const INTEGER_LIMIT = 2 ** 63;

const MAX_REMEMBERED = 5000;
const carriedNames = new Set<string>();

/**
 * Goes over one record. What OTLP does not carry becomes the nearest that it does: text instead of a number that is not
 * finite or has more than 64 bits, U+FFFD instead of half a surrogate pair.
 */
export class Carriable {
  /** Texts and lists that were cut. */
  cut = 0;
  /** Values that were replaced. */
  replaced = 0;
  /** About how many bytes the record takes. */
  bytes = 0;
  #left = MAX_RECORD;

  /** Changes the attributes in place, which the record owns. */
  attributes(target: object): void {
    for (const name of Object.keys(target)) {
      const value: unknown = Reflect.get(target, name);
      const carried = this.value(value);
      this.bytes += name.length + ENTRY_BYTES;
      if (!isCarriedName(name)) this.#rename(target, name, carried);
      else if (carried === undefined) Reflect.deleteProperty(target, name);
      else if (carried !== value) Reflect.set(target, name, carried);
    }
  }

  /** The same attributes where all of them are carried, else a copy. Each set has its own room. */
  copyOf<Attributes extends object>(attributes: Attributes): Attributes {
    if (Object.entries(attributes).every(isPlain)) return attributes;
    const copy = { ...attributes };
    maskAttributes(copy);
    this.#left = MAX_RECORD;
    this.attributes(copy);
    return copy;
  }

  /** A text, cut to the length that is left. */
  text(value: string): string {
    const length = Math.min(value.length, MAX_TEXT, this.#left);
    this.#left -= length;
    this.bytes += length;
    if (length < value.length) {
      this.cut += 1;
      // A slice of a text keeps the whole text in memory; a copy does not. It is well formed, too.
      return Buffer.from(value.slice(0, length)).toString();
    }
    if (value.isWellFormed()) return value;
    this.replaced += 1;
    return value.toWellFormed();
  }

  /** Any value. Objects are copied, because they belong to the caller; what has no meaning outside becomes `undefined`. */
  value(value: unknown, depth = 0): unknown {
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'number':
        return isCarriable(value) ? value : this.#replace(String(value));
      case 'boolean':
      case 'undefined':
        return value;
      case 'bigint':
        return this.#replace(
          Number.isSafeInteger(Number(value)) ? Number(value) : this.text(`${value}`),
        );
      case 'object':
        return value === null ? null : this.#object(value, depth);
      default:
        return this.#replace(undefined);
    }
  }

  #rename(target: object, name: string, value: unknown): void {
    Reflect.deleteProperty(target, name);
    if (name.length > MAX_NAME) this.cut += 1;
    else Reflect.set(target, this.#replace(name.toWellFormed()), value);
  }

  #replace<Replacement>(value: Replacement): Replacement {
    this.replaced += 1;
    return value;
  }

  #object(value: object, depth: number): unknown {
    if (depth >= MAX_DEPTH) return this.#replace('[too deep]');
    try {
      return this.#copy(value, depth + 1);
    } catch {
      // A getter or a proxy of the caller threw.
      return this.#replace('[unreadable]');
    }
  }

  #copy(value: object, depth: number): unknown {
    if (value instanceof Uint8Array) return this.#octets(value);
    if (value instanceof Date) return this.#replace(String(value.toJSON()));
    if (value instanceof Error) return this.text(`${value.name}: ${value.message}`);
    if (Array.isArray(value)) return this.#list(value, depth);
    if (value instanceof Set) return this.#list(firstOf(value), depth);
    if (value instanceof Map) return this.#map(firstOf(value), depth);
    return this.#map(entriesOf(value), depth);
  }

  #octets(value: Uint8Array): Uint8Array {
    const length = Math.min(value.byteLength, MAX_TEXT, this.#left);
    this.#left -= length;
    this.bytes += length;
    if (length < value.byteLength) this.cut += 1;
    return Uint8Array.prototype.slice.call(value, 0, length);
  }

  #list(values: readonly unknown[], depth: number): unknown[] {
    const copies: unknown[] = [];
    const length = Math.min(values.length, MAX_MEMBERS);
    if (length < values.length) this.cut += 1;
    for (let index = 0; index < length && this.#left > 0; index += 1) {
      this.#spend(ENTRY_BYTES);
      copies.push(this.value(values[index], depth) ?? null);
    }
    return copies;
  }

  #map(entries: Iterable<readonly [unknown, unknown]>, depth: number): object {
    const copy: Record<string, unknown> = Object.create(null);
    for (const [key, value] of entries) {
      if (this.#left <= 0) break;
      const name = String(key);
      this.#spend(name.length + ENTRY_BYTES);
      if (name.length <= MAX_NAME) copy[name.toWellFormed()] = this.value(value, depth);
      else this.cut += 1;
    }
    return copy;
  }

  #spend(units: number): void {
    this.#left -= units;
    this.bytes += units;
  }
}

function firstOf<Member>(members: Iterable<Member>): Member[] {
  const first: Member[] = [];
  for (const member of members) {
    if (first.length >= MAX_MEMBERS) break;
    first.push(member);
  }
  return first;
}

/** Each member is read on its own, so that a getter that throws costs the one value. */
function* entriesOf(value: object): Generator<readonly [string, unknown]> {
  for (const name of Object.keys(value).slice(0, MAX_MEMBERS)) {
    try {
      yield [name, Reflect.get(value, name)];
    } catch {
      yield [name, '[unreadable]'];
    }
  }
}

/** Whether a name is one that OTLP carries. Names are few and recur. */
function isCarriedName(name: string): boolean {
  if (carriedNames.has(name)) return true;
  if (name.length > MAX_NAME || !name.isWellFormed()) return false;
  if (carriedNames.size < MAX_REMEMBERED) carriedNames.add(name);
  return true;
}

/** Whether an attribute is sent as it is: nothing of it is masked, cut or replaced. */
function isPlain([name, value]: [string, unknown]): boolean {
  if (!isCarriedName(name) || isMaskedByName(name)) return false;
  if (typeof value === 'string') return isPlainText(value);
  return (
    typeof value === 'boolean' ||
    (typeof value === 'number' && isCarriable(value) && !isCardNumber(value))
  );
}

function isPlainText(value: string): boolean {
  return value.length <= MAX_TEXT && value.isWellFormed() && maskText(value) === value;
}

/** Whether OTLP carries a number. */
function isCarriable(value: number): boolean {
  if (!Number.isFinite(value)) return false;
  return !Number.isInteger(value) || (value < INTEGER_LIMIT && value >= -INTEGER_LIMIT);
}
