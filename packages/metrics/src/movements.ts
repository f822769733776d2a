// What single facts say of money that moves: how much is done in all, and how much of it was undone.
import { settled } from '@moneytrail/catalogue';
import type { Fact } from './fact.ts';
import { Memory } from './memory.ts';

/** What a fact adds to what is known of its movement, in minor units. */
export interface Moved {
  readonly done: bigint;
  readonly undone: bigint;
  /** What the fact said by which it was done: what is undone is counted under the same. */
  readonly labels: Labels;
  /** True when the other side of the movement was known before. */
  readonly isSecond: boolean;
}

type Labels = Readonly<Record<'money.currency' | 'payment.purpose', string | number | undefined>>;

/** One thing that moves, such as a refund. */
interface Unit {
  done: bigint | undefined;
  undone: bigint | undefined;
  labels: Labels | undefined;
}

/** An object within which several things move, such as the payment of refunds. */
interface Whole {
  done: bigint;
  undone: bigint;
  onlyUndone: bigint;
  /** What reports say was added; where they do not say it, the greatest sum that one of them names. */
  added: bigint;
  highest: bigint;
  /** What the counters know by now; they never go back. */
  counted: { readonly done: bigint; readonly undone: bigint };
}

const NOTHING = { done: 0n, undone: 0n };

/** The newest movements. */
export class KnownMovements {
  readonly #units: Memory<Unit> = new Memory();
  readonly #wholes: Memory<Whole> = new Memory();

  /** Notes a fact and says what it adds; `undefined` when it is part of no movement that can be named. */
  add(fact: Fact): Moved | undefined {
    const { movement } = fact.definition;
    if (movement === undefined) return undefined;
    const [kind = ''] = fact.name.split('.', 1);
    const id = movement.of.map((name) => fact.attributes[name]).find((one) => one !== undefined);
    const whole = movement.within && this.#wholeOf(kind, fact, fact.attributes[movement.within]);
    if (movement.side === 'reported') {
      return whole && { ...report(whole, fact), labels: labelsOf(fact), isSecond: false };
    }
    if (id === undefined) return undefined;
    const unit = this.#unitOf(`${fact.owner}/${kind}/${id}`);
    const isSecond = unit[movement.side === 'done' ? 'undone' : 'done'] !== undefined;
    const change = movement.side === 'done' ? markDone(unit, fact) : markUndone(unit, fact);
    const { done, undone } = whole ? changeWhole(whole, change) : change;
    return { done, undone, labels: unit.labels ?? labelsOf(fact), isSecond };
  }

  #unitOf(key: string): Unit {
    const known = this.#units.get(key);
    if (known) return known;
    const unit = { done: undefined, undone: undefined, labels: undefined };
    this.#units.set(key, unit);
    return unit;
  }

  #wholeOf(kind: string, fact: Fact, id: string | number | undefined): Whole | undefined {
    if (id === undefined) return undefined;
    // Currencies are never added.
    const key = `${fact.owner}/${kind}/${fact.attributes['money.currency']}/${id}`;
    const known = this.#wholes.get(key);
    if (known) return known;
    const sums = { added: 0n, highest: 0n, onlyUndone: 0n, counted: NOTHING };
    const whole = { ...NOTHING, ...sums };
    this.#wholes.set(key, whole);
    return whole;
  }
}

interface Change {
  readonly done: bigint;
  readonly undone: bigint;
  readonly onlyUndone: bigint;
}

/** A fact whose amount has grown adds the difference, so what is done is a sum. */
function markDone(unit: Unit, fact: Fact): Change {
  const minor = fact.amount?.minor ?? 0n;
  const isNew = unit.done === undefined;
  unit.done = (unit.done ?? 0n) + minor;
  unit.labels ??= labelsOf(fact);
  if (unit.undone === undefined) return { ...NOTHING, done: minor, onlyUndone: 0n };
  return { done: minor, undone: minor, onlyUndone: isNew ? -unit.undone : 0n };
}

/** What is undone twice, as failed and as canceled, came back once. */
function markUndone(unit: Unit, { amount }: Fact): Change {
  if (unit.undone !== undefined) return { ...NOTHING, onlyUndone: 0n };
  unit.undone = amount?.minor ?? 0n;
  if (unit.done !== undefined) return { ...NOTHING, undone: unit.done, onlyUndone: 0n };
  return { ...NOTHING, onlyUndone: unit.undone };
}

function changeWhole(whole: Whole, change: Change): { done: bigint; undone: bigint } {
  whole.done += change.done;
  whole.undone += change.undone;
  whole.onlyUndone += change.onlyUndone;
  return countedAnew(whole);
}

/** A report names what is done in all, and where it can, what it was before: then it says no more than what was added. */
function report(whole: Whole, { attributes }: Fact): { done: bigint; undone: bigint } {
  const total = wholeNumber(attributes['refund.total_minor']) ?? 0n;
  const before = wholeNumber(attributes['refund.before_minor']);
  if (before === undefined) whole.highest = greater(whole.highest, total);
  else whole.added += greater(total - before, 0n);
  return countedAnew(whole);
}

function countedAnew(whole: Whole): { done: bigint; undone: bigint } {
  const { added, highest, counted } = whole;
  const now = settled({ ...whole, reported: greater(added, highest) });
  const next = {
    done: greater(now.done, counted.done),
    undone: greater(now.undone, counted.undone),
  };
  whole.counted = next;
  return { done: next.done - counted.done, undone: next.undone - counted.undone };
}

function labelsOf({ attributes }: Fact): Labels {
  const { 'money.currency': currency, 'payment.purpose': purpose } = attributes;
  return { 'money.currency': currency, 'payment.purpose': purpose };
}

/** What a caller gives as a number may be none of minor units. */
function wholeNumber(value: unknown): bigint | undefined {
  return Number.isSafeInteger(value) ? BigInt(Number(value)) : undefined;
}

/** `Math.max` takes no bigint. */
function greater(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
