// Counts what a request costs before it is decoded: a few kilobytes can contain millions of empty records.
import protobuf from 'protobufjs/light.js';

/**
 * What one request may cost in memory and in time until it is decoded; a unit is about 100 bytes. A Collector's batch of 8,192 spans
 * with 20 attributes each costs 900,000.
 */
const MAX_COST = 1_000_000;

/** What a message costs when it is empty, and what each of its lists adds. */
const MESSAGE_COST = 2;
const LIST_COST = 1;

/** Bytes become objects, so do 64-bit numbers; texts are half as much. */
const VALUE_COSTS: Readonly<Record<string, number>> = {
  bytes: 1,
  string: 0.5,
  fixed64: 1,
  sfixed64: 1,
  int64: 1,
};

/** The deepest nesting of a request, in either encoding. */
const MAX_DEPTH = 200;

/** A request that would take too much memory or time. */
export class TooCostly extends Error {
  constructor() {
    super(`The request holds too much to be taken at once, or nests it deeper than ${MAX_DEPTH}`);
    this.name = 'TooCostly';
  }
}

/** Walks a protobuf message by its type without decoding it. Throws `TooCostly`, or an error on malformed bytes. */
export function checkProtobuf(type: protobuf.Type, bytes: Uint8Array): void {
  new Walk(bytes).message(type, bytes.length, 0);
}

class Walk {
  readonly #reader: protobuf.Reader;
  #left = MAX_COST;

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
      this.#take(costOf(inner));
      this.message(inner, this.#reader.uint32() + this.#reader.pos, depth + 1);
      return;
    }
    const start = this.#reader.pos;
    this.#reader.skipType(wireType);
    if (!field) return;
    // Numbers that are packed take eight bytes each.
    const count = field.repeated ? Math.ceil((this.#reader.pos - start) / 8) : 1;
    this.#take(count * (VALUE_COSTS[field.type] ?? 0));
  }

  #take(cost: number): void {
    this.#left -= cost;
    if (this.#left < 0) throw new TooCostly();
  }
}

const LENGTH_DELIMITED = 2;

/** Cached by type, because it is needed for each message. */
const COSTS = new Map<protobuf.Type, number>();

function costOf(type: protobuf.Type): number {
  const known = COSTS.get(type);
  if (known !== undefined) return known;
  const cost =
    MESSAGE_COST + LIST_COST * type.fieldsArray.filter(({ repeated }) => repeated).length;
  COSTS.set(type, cost);
  return cost;
}

const TOO_DEEP = `nested deeper than ${MAX_DEPTH}`;

/** How much deeper a byte of JSON leads, and what it costs: objects and lists, their names and their members. */
const DEPTH = new Int8Array(256);
const COST = new Float32Array(256);
for (const [bytes, depth, cost] of [
  ['{[', 1, 2],
  ['}]', -1, 0],
  [':', 0, 1],
  [',', 0, 0.25],
] as const) {
  for (const byte of Buffer.from(bytes)) {
    DEPTH[byte] = depth;
    COST[byte] = cost;
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** Walks JSON without parsing it. Throws `TooCostly`, or an error on a nesting that is too deep. */
export function checkJson(bytes: Uint8Array): void {
  let left = MAX_COST;
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfText(bytes, at);
    depth += DEPTH[byte] ?? 0;
    left -= COST[byte] ?? 0;
    if (left < 0) throw new TooCostly();
    if (depth > MAX_DEPTH) throw new Error(TOO_DEEP);
  }
}

function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
