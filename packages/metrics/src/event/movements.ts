/** Movements of money: how much was done in total, and how much of it was undone, in any order of events. */
import { type MovementDefinition, movedId, settled } from '@moneytrail/catalogue';
import { RecentKeys } from '../recent-keys.ts';
import type { ValidEvent } from './read.ts';

/** The amounts that an event adds to its movement, in minor units. */
export interface Moved {
  readonly done: bigint;
  readonly undone: bigint;
  /** The attributes of the event that did it. What is undone is counted under the same attributes. */
  readonly labels: Labels;
  /** The attributes of both sides, with precedence for the undone one; absent until both are known. */
  readonly both: Labels | undefined;
}

/** Attributes of the series of instruments. */
export type Labels = Readonly<Record<string, unknown>>;

/** One thing that moves, such as a refund. */
interface Unit {
  done: bigint | undefined;
  undone: bigint | undefined;
  doneLabels: Labels | undefined;
  undoneLabels: Labels | undefined;
}

/** An object within which several things move, such as the payment of refunds. */
interface Whole {
  done: bigint;
  undone: bigint;
  onlyUndone: bigint;
  /** The total of the increments in reports; without increments, the greatest total that a report contains. */
  added: bigint;
  max: bigint;
  /** The amounts that are counted already. Counters never decrease. */
  counted: { readonly done: bigint; readonly undone: bigint };
}

const NOTHING = { done: 0n, undone: 0n };

/** The newest movements of a recorder. */
export class KnownMovements {
  readonly #units: RecentKeys<Unit>;
  readonly #wholes: RecentKeys<Whole>;

  constructor(remembered: number) {
    this.#units = new RecentKeys(remembered);
    this.#wholes = new RecentKeys(remembered);
  }

  /** Records an event and returns what it adds; `undefined` if it is not part of a named movement. */
  add(event: ValidEvent): Moved | undefined {
    const { movement } = event.plan.definition;
    if (movement === undefined) return undefined;
    const [kind = ''] = event.plan.name.split('.', 1);
    const labels = labelsOf(event);
    const { within } = movement;
    const whole =
      within === undefined ? undefined : this.#wholeOf(kind, event, event.attributes[within]);
    if (movement.side === 'reported') {
      return whole && { ...report(whole, event, movement), labels, both: undefined };
    }
    const id = movedId(movement, event.attributes);
    if (id === undefined) return undefined;
    const unit = this.#unitOf(`${event.owner}/${kind}/${id}`);
    const change = movement.side === 'done' ? markDone(unit, event) : markUndone(unit, event);
    const { done, undone } = whole ? changeWhole(whole, change) : change;
    return { done, undone, labels: unit.doneLabels ?? labels, both: bothOf(unit) };
  }

  #unitOf(key: string): Unit {
    return this.#units.getOrAdd(key, () => ({
      done: undefined,
      undone: undefined,
      doneLabels: undefined,
      undoneLabels: undefined,
    }));
  }

  #wholeOf(kind: string, event: ValidEvent, id: unknown): Whole | undefined {
    if (id === undefined) return undefined;
    // Currencies are never added.
    const key = `${event.owner}/${kind}/${event.attributes['money.currency']}/${id}`;
    const sums = { added: 0n, max: 0n, onlyUndone: 0n, counted: NOTHING };
    return this.#wholes.getOrAdd(key, () => ({ ...NOTHING, ...sums }));
  }
}

interface Change {
  readonly done: bigint;
  readonly undone: bigint;
  readonly onlyUndone: bigint;
}

function labelsOf({ plan, attributes }: ValidEvent): Labels {
  const labels: Record<string, unknown> = {};
  for (const name of plan.movementLabels) {
    if (attributes[name] !== undefined) labels[name] = attributes[name];
  }
  return labels;
}

/** A report contains the total, and possibly the total before; the difference is then the increment. */
function report(
  whole: Whole,
  { attributes }: ValidEvent,
  movement: MovementDefinition,
): { done: bigint; undone: bigint } {
  const total = wholeNumber(attributes[movement.total ?? '']) ?? 0n;
  const before = wholeNumber(attributes[movement.before ?? '']);
  if (before === undefined) whole.max = greater(whole.max, total);
  else whole.added += greater(total - before, 0n);
  return countedAnew(whole);
}

/** A number passed by a caller, if it is a valid amount in minor units. */
function wholeNumber(value: unknown): bigint | undefined {
  return Number.isSafeInteger(value) ? BigInt(Number(value)) : undefined;
}

/** The maximum. `Math.max` does not accept bigint. */
function greater(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

function countedAnew(whole: Whole): { done: bigint; undone: bigint } {
  const { added, max, counted } = whole;
  const now = settled({ ...whole, reported: greater(added, max) });
  const next = {
    done: greater(now.done, counted.done),
    undone: greater(now.undone, counted.undone),
  };
  whole.counted = next;
  return { done: next.done - counted.done, undone: next.undone - counted.undone };
}

/** Adds what was done: an event whose amount has grown adds the difference. */
function markDone(unit: Unit, event: ValidEvent): Change {
  const minor = event.amount?.minor ?? 0n;
  const isNew = unit.done === undefined;
  unit.done = (unit.done ?? 0n) + minor;
  unit.doneLabels ??= labelsOf(event);
  if (unit.undone === undefined) return { ...NOTHING, done: minor, onlyUndone: 0n };
  return { done: minor, undone: minor, onlyUndone: isNew ? -unit.undone : 0n };
}

/** Notes what was undone. Money that is undone twice, as failed and as canceled, came back once. */
function markUndone(unit: Unit, event: ValidEvent): Change {
  if (unit.undone !== undefined) return { ...NOTHING, onlyUndone: 0n };
  unit.undone = event.amount?.minor ?? 0n;
  unit.undoneLabels = labelsOf(event);
  if (unit.done !== undefined) return { ...NOTHING, undone: unit.done, onlyUndone: 0n };
  return { ...NOTHING, onlyUndone: unit.undone };
}

function changeWhole(whole: Whole, change: Change): { done: bigint; undone: bigint } {
  whole.done += change.done;
  whole.undone += change.undone;
  whole.onlyUndone += change.onlyUndone;
  return countedAnew(whole);
}

function bothOf({ doneLabels, undoneLabels }: Unit): Labels | undefined {
  return doneLabels && undoneLabels && { ...doneLabels, ...undoneLabels };
}
