// Counts what a request holds before anything of it is made: a few kilobytes can stand for millions of empty records.
import protobuf from 'protobufjs/light.js';

/** Objects that one request may become: records, attributes, values, and numbers of histograms. */
const MAX_OBJECTS = 400_000;

/** The deepest nesting of a request, in either encoding. */
const MAX_DEPTH = 200;

/** A request that would take more memory than it is worth. */
export class TooManyObjects extends Error {
  constructor() {
    super(
      `The request holds more than ${MAX_OBJECTS} objects, or nests them deeper than ${MAX_DEPTH}`,
    );
    this.name = 'TooManyObjects';
  }
}

/** Walks a protobuf message by its type without decoding it. Throws `TooManyObjects`, or an error on malformed bytes. */
export function checkProtobuf(type: protobuf.Type, bytes: Uint8Array): void {
  new Walk(bytes).message(type, bytes.length, 0);
}

class Walk {
  readonly #reader: protobuf.Reader;
  #left = MAX_OBJECTS;

  constructor(bytes: Uint8Array) {
    this.#reader = protobuf.Reader.create(bytes);
  }

  message(type: protobuf.Type, end: number, depth: number): void {
    if (depth > MAX_DEPTH) throw new Error(TOO_DEEP);
    while (this.#reader.pos < end) {
      const tag = this.#reader.uint32();
      this.#field(type.fieldsById[tag >>> 3], tag & 7, depth);
    }
  }

  #field(field: protobuf.Field | undefined, wireType: number, depth: number): void {
    const inner = field?.resolvedType;
    if (wireType === LENGTH_DELIMITED && inner instanceof protobuf.Type) {
      this.#take(1);
      this.message(inner, this.#reader.uint32() + this.#reader.pos, depth + 1);
      return;
    }
    const start = this.#reader.pos;
    this.#reader.skipType(wireType);
    // Numbers that are packed take eight bytes each.
    if (field?.repeated) this.#take(Math.ceil((this.#reader.pos - start) / 8));
  }

  #take(objects: number): void {
    this.#left -= objects;
    if (this.#left < 0) throw new TooManyObjects();
  }
}

const LENGTH_DELIMITED = 2;
const TOO_DEEP = `nested deeper than ${MAX_DEPTH}`;

/** How much deeper a byte of JSON leads, and what it costs: an object or list as much as four members. */
const DEPTH = new Int8Array(256);
const COST = new Float32Array(256);
for (const [bytes, depth, cost] of [
  ['{[', 1, 1],
  ['}]', -1, 0],
  [',', 0, 0.25],
] as const) {
  for (const byte of Buffer.from(bytes)) {
    DEPTH[byte] = depth;
    COST[byte] = cost;
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** Walks JSON without parsing it. Throws `TooManyObjects`, or an error on a nesting that is too deep. */
export function checkJson(bytes: Uint8Array): void {
  let left = MAX_OBJECTS;
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfText(bytes, at);
    depth += DEPTH[byte] ?? 0;
    left -= COST[byte] ?? 0;
    if (left < 0) throw new TooManyObjects();
    if (depth > MAX_DEPTH) throw new Error(TOO_DEEP);
  }
}

function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
