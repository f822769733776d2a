/** Values that untyped callers may pass, and worse ones: each is created anew, because some can be used only once. */

type Maker = readonly [title: string, make: () => unknown];

const fail = (): never => {
  throw new Error('hostile');
};

const TRAPS: readonly string[] = [
  ...['get', 'set', 'has', 'ownKeys', 'getPrototypeOf', 'setPrototypeOf', 'isExtensible'],
  ...['preventExtensions', 'getOwnPropertyDescriptor', 'defineProperty', 'deleteProperty'],
  ...['apply', 'construct'],
];

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function trapping(target: object): unknown {
  return new Proxy(target, Object.fromEntries(TRAPS.map((trap) => [trap, fail])));
}

function nested(depth: number): unknown {
  let value: unknown = 'end';
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
}

function circular(): unknown {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  return circle;
}

function fickle(): unknown {
  let reads = 0;
  const next = (): number => {
    reads += 1;
    return reads % 2 === 0 ? -5 : 5;
  };
  return Object.defineProperties({}, { minor: { get: next, enumerable: true }, id: { get: next } });
}

function detached(): unknown {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

function withThrowing(target: object, ...names: readonly (string | symbol)[]): unknown {
  for (const name of names) {
    Object.defineProperty(target, name, { get: fail, enumerable: true, configurable: true });
  }
  return target;
}

const PRIMITIVES: readonly unknown[] = [
  ...[undefined, null, true, false, 0, -0, 1, -1, 1.5, Number.NaN, 2 ** 31, 2 ** 53, 2 ** 63],
  ...[1e308, -1e308, 5e-324, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ...[0n, -1n, 2n ** 64n, 10n ** 1000n],
  ...[
    '',
    ' ',
    'text',
    '\u0000',
    '\ud800',
    '__proto__',
    'constructor',
    'toString',
    '[object Object]',
  ],
  ...['2026-01-01', '-1', '1e9', 'ſ', '🪙'.repeat(100)],
];

const OBJECTS: readonly Maker[] = [
  ['ten million letters', () => 'x'.repeat(10_000_000)],
  ['a symbol', () => Symbol('hostile')],
  ['a registered symbol', () => Symbol.for('hostile')],
  ['an empty object', () => ({})],
  ['an object without a prototype', () => Object.create(null)],
  [
    'an object with a hostile prototype',
    () => Object.create(withThrowing({}, 'id', 'then') as object),
  ],
  ['a member called __proto__', () => JSON.parse('{"__proto__": {"polluted": true}}')],
  ['a circle', circular],
  ['ten thousand levels', () => nested(10_000)],
  [
    'a hundred thousand members',
    () => Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [key, 1])),
  ],
  ['an empty list', () => []],
  ['a list of everything', () => [null, undefined, Number.NaN, {}, [], 1n]],
  ['a sparse list', () => Object.assign([], { length: 2 ** 32 - 1 })],
  ['a long list', () => new Array(1_000_000).fill(0)],
  [
    'a map',
    () =>
      new Map<unknown, unknown>([
        ['a', 1],
        [{}, 2],
      ]),
  ],
  ['a set', () => new Set([1, {}])],
  ['a weak map', () => new WeakMap()],
  ['a date', () => new Date(0)],
  ['a date that is none', () => new Date(Number.NaN)],
  ['a regular expression', () => /(a+)+$/],
  ['an error', () => new Error('hostile')],
  [
    'an error that cannot be read',
    () => withThrowing(new Error('x'), 'message', 'stack', 'name', 'cause'),
  ],
  ['a function', () => () => 'called'],
  ['a function that throws', () => fail],
  ['an async function that rejects', () => async () => undefined],
  ['a class', () => class Hostile {}],
  [
    'a generator function',
    () =>
      function* () {
        yield 1;
      },
  ],
  ['a resolved promise', () => Promise.resolve(1)],
  ['a thenable that throws', () => Object.fromEntries([['then', fail]])],
  ['a thenable whose then throws when read', () => withThrowing({}, 'then')],
  ['a thenable that never responds', () => Object.fromEntries([['then', () => undefined]])],
  ['bytes', () => new Uint8Array([255, 0, 1])],
  ['detached bytes', detached],
  ['an array buffer', () => new ArrayBuffer(8)],
  ['shared memory', () => new SharedArrayBuffer(8)],
  ['floats', () => new Float64Array([Number.NaN, Number.POSITIVE_INFINITY])],
  ['a boxed number', () => Object(1)],
  ['a boxed text', () => Object('text')],
  [
    'getters that throw',
    () => withThrowing({}, 'event', 'id', 'amount', 'provider', 'minor', 'level'),
  ],
  ['getters that change their mind', fickle],
  ['a value without a text', () => ({ toString: fail, valueOf: fail, toJSON: fail })],
  [
    'a value that throws when converted',
    () => withThrowing({}, Symbol.toPrimitive, Symbol.toStringTag),
  ],
  ['an iterator that throws', () => withThrowing({}, Symbol.iterator, Symbol.asyncIterator)],
  ['a revoked proxy', () => revoked({})],
  ['a revoked proxy of a list', () => revoked([])],
  ['a revoked function', () => revoked(() => undefined)],
  ['a proxy that throws', () => trapping({})],
  ['a proxy of a list that throws', () => trapping([])],
  ['a proxy of a function that throws', () => trapping(() => undefined)],
  ['a frozen object', () => Object.freeze({ id: 'x' })],
  ['the global object', () => globalThis],
];

/** About ninety values, each with a title. */
export function hostileValues(): readonly Maker[] {
  const primitives = PRIMITIVES.map(
    (value): Maker => [
      typeof value === 'string' ? JSON.stringify(value).slice(0, 30) : String(value),
      () => value,
    ],
  );
  return [...primitives, ...OBJECTS];
}
