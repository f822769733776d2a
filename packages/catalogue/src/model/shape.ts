/** The shape of a catalogue as it is written, for callers whose types are not checked: JavaScript and JSON. */
import { listOf as readList } from '../input.ts';
import { nearest } from '../nearest.ts';
import { shownValue } from '../shown.ts';
import { invalidEntry } from './invalid-entry.ts';

/** Throws `MONEYTRAIL_CATALOGUE_INVALID` if the value at the path is not of the shape. */
type Shape = (value: unknown, path: string) => void;

type Shapes = Readonly<Record<string, Shape>>;

/** Maximum number of buckets: each is a series in Prometheus. */
const MAX_BOUNDS = 60;

/** Checks a catalogue as it is written, down to each member. */
export function checkShape(written: unknown): void {
  CATALOGUE(written, '');
}

const text: Shape = (value, path) => {
  if (typeof value !== 'string') throw wrong(path, value, 'a string');
};

const version: Shape = (value, path) => {
  if (!Number.isSafeInteger(value) || Number(value) < 1)
    throw wrong(path, value, 'an integer from 1');
};

const texts = listOf(text);
const attributes = tableOf(text);
const labels = tableOf(attributes);

const MOVEMENT = members(
  { side: oneOf('done', 'undone', 'reported'), of: texts },
  { within: text, total: text, before: text },
);

const LIFECYCLE_COUNT = members(
  { of: text, counts: oneOf('final_states', 'transitions', 'superseded') },
  { as: labels, from: text },
);

const ATTRIBUTE = members(
  {
    kind: oneOf('set', 'open_set', 'currency', 'name', 'id', 'text', 'number', 'flag'),
    help: text,
  },
  {
    values: attributes,
    form: oneOf('words'),
    default: text,
    zeroSeries: oneOf('used_values'),
    onSpan: oneOf(true),
  },
);

const EVENT = members(
  { help: text, severity: oneOf('INFO', 'WARN'), identity: texts },
  {
    version,
    amounts: tableOf(oneOf('required', 'optional')),
    grows: members({ while: text, is: text }),
    movement: MOVEMENT,
    required: attributes,
    optional: attributes,
  },
);

const INSTRUMENT = members(
  { kind: oneOf('counter', 'gauge', 'histogram'), unit: text, help: text, attributes: texts },
  {
    on: labels,
    adds: orMembers(oneOf('one', 'time', 'done', 'undone'), {}, { amount: text, attribute: text }),
    firstSide: oneOf(true),
    lifecycle: LIFECYCLE_COUNT,
    buckets: orBounds(oneOf('call', 'process', 'amount')),
  },
);

const LIFECYCLE = members(
  {
    help: text,
    id: text,
    states: attributes,
    final: texts,
    on: tableOf(orMembers(text, { carrying: text, state: text, otherwise: text })),
  },
  { mayFollow: tableOf(texts), mayGoBack: oneOf(true), undone: text },
);

const CATALOGUE = members(
  { prefix: text },
  {
    attributes: tableOf(ATTRIBUTE),
    events: tableOf(EVENT),
    instruments: tableOf(INSTRUMENT),
    lifecycles: tableOf(LIFECYCLE),
  },
);

function wrong(path: string, value: unknown, expected: string): Error {
  return invalidEntry(path, shownValue(value), expected);
}

function oneOf(...values: readonly (string | true)[]): Shape {
  const expected = values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`;
  return (value, path) => {
    if (!values.some((one) => one === value)) throw wrong(path, value, expected);
  };
}

function listOf(member: Shape): Shape {
  return (value, path) => {
    const list = readList(value);
    if (list === undefined) throw wrong(path, value, 'a list');
    for (const [index, one] of list.entries()) member(one, `${path}[${index}]`);
  };
}

function tableOf(member: Shape): Shape {
  return (value, path) => {
    for (const [name, one] of Object.entries(tableAt(path, value))) member(one, join(path, name));
  };
}

/** An object with these members and no others. */
function members(required: Shapes, optional: Shapes = {}): Shape {
  const known: Shapes = { ...required, ...optional };
  return (value, path) => {
    const table = tableAt(path, value);
    const unknown = Object.keys(table).find((name) => !Object.hasOwn(known, name));
    if (unknown !== undefined)
      throw wrong(join(path, unknown), table[unknown], absent(unknown, known));
    for (const [name, shape] of Object.entries(known)) {
      if (table[name] === undefined && Object.hasOwn(optional, name)) continue;
      shape(table[name], join(path, name));
    }
  };
}

function absent(name: string, known: Shapes): string {
  const meant = nearest(name, Object.keys(known));
  return meant === undefined ? 'left out: it is unknown' : `named ${meant}`;
}

function orMembers(simple: Shape, required: Shapes, optional: Shapes = {}): Shape {
  const object = members(required, optional);
  return (value, path) => (typeof value === 'object' ? object : simple)(value, path);
}

/** Upper bounds of buckets, or a simple value. */
function orBounds(simple: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return simple(value, path);
    const isShort = value.length >= 1 && value.length <= MAX_BOUNDS;
    const isBound = (bound: unknown, index: number): boolean =>
      Number.isFinite(bound) && (index === 0 || Number(bound) > value[index - 1]);
    if (isShort && value.every(isBound)) return;
    throw wrong(path, value, `1 to ${MAX_BOUNDS} numbers that ascend`);
  };
}

function tableAt(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(path || 'the argument', value, 'an object');
  return { ...value };
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
