/** The state of the objects of events, such as payments, payouts and commissions. */
import type { Money } from '@moneytrail/catalogue';
import { RecentKeys } from '../recent-keys.ts';
import type { SeriesAttributes } from '../series/cells.ts';
import { idOf, type ValidEvent } from './read.ts';

/**
 * Whether an event is new, known, known with another amount, known but not sent, or known with a smaller part of its
 * amount, in which case the increase.
 */
export type Novelty = 'new' | 'duplicate' | 'conflict' | 'resend' | { readonly grownBy: Money };

/** A note about an object. The notes of one kind are in a list because they are few. */
interface Note<Value> {
  readonly key: string;
  value: Value;
  readonly next: Note<Value> | undefined;
}

/** A recorded amount. The amount of a part may grow. */
interface KnownAmount extends Money {
  readonly isPart?: true;
}

/** Maximum number of events of one object. Further conflicts count as known. */
const MAX_EVENTS = 32;

/** The state of an object in its lifecycle. */
export interface Life {
  readonly state: string;
  readonly atMs: number;
  /** The attributes under which each instrument has counted its final state. */
  readonly counted: Readonly<Record<string, SeriesAttributes>>;
}

/** One object with all its notes, so that its key is hashed once. */
export interface KnownObject {
  /** The amount of each recorded event by its name; of conflicts by name and amount. */
  amounts: Note<KnownAmount | null> | undefined;
  /** The state of the object by lifecycle. */
  lives: Note<Life> | undefined;
}

/** The number of objects that a recorder remembers, and the names of its events in ids. */
export interface ObjectOptions {
  readonly remembered: number;
  readonly isEvent: (shortName: string) => boolean;
}

/** The newest objects of events, and the events that were not sent. */
export class KnownObjects {
  readonly #isEvent: ObjectOptions['isEvent'];
  readonly #objects: RecentKeys<KnownObject>;
  readonly #lost: RecentKeys<boolean>;
  /** The latest object: one event reads its object several times. */
  #last:
    | { readonly owner: string; readonly name: string; readonly object: KnownObject }
    | undefined;

  constructor({ remembered, isEvent }: ObjectOptions) {
    this.#isEvent = isEvent;
    this.#objects = new RecentKeys(remembered);
    this.#lost = new RecentKeys(remembered);
  }

  /** The state of an object, created if it is unknown. */
  of(owner: string, name: string): KnownObject {
    if (this.#last?.name === name && this.#last.owner === owner) return this.#last.object;
    const key = `${owner}/${name}`;
    const object = this.#objects.getOrAdd(key, () => ({ amounts: undefined, lives: undefined }));
    this.#last = { owner, name, object };
    return object;
  }

  /** Records an event unless it is known. An event without an object is always new. */
  addIfNew(event: ValidEvent): Novelty {
    if (event.object === undefined) return 'new';
    const object = this.of(event.owner, event.object);
    const { shortName } = event.plan;
    const known = noteOf(object.amounts, shortName);
    if (known === undefined) {
      object.amounts = { key: shortName, value: amountOf(event), next: object.amounts };
      return 'new';
    }
    const { amount } = event;
    if (known.value && amount && !isSame(known.value, amount)) return this.#other(known, event);
    // The amount was reported after the event.
    const isCompleted = known.value === null && amount !== undefined;
    if (isCompleted) known.value = amountOf(event);
    return isCompleted ? 'resend' : this.#known(idOf(event));
  }

  /** Records an event whose amount conflicts with a known one, by the id of the conflict. */
  addConflict(event: ValidEvent, id: string): Novelty {
    const object = this.of(event.owner, event.object ?? '');
    const [, key] = this.#apart(id);
    if (noteOf(object.amounts, key)) return this.#known(id);
    if (lengthOf(object.amounts) >= MAX_EVENTS) return 'duplicate';
    object.amounts = { key, value: null, next: object.amounts };
    return 'new';
  }

  /** Marks the event with this id as not sent. */
  lose(id: string): void {
    const [key, event] = this.#apart(id);
    const object = this.#objects.get(key);
    if (object && noteOf(object.amounts, event)) this.#lost.set(id, true);
  }

  /** Whether two amounts conflict. They do not if one of them is a part of the other. */
  #other(known: Note<KnownAmount | null>, event: ValidEvent): Novelty {
    const now = amountOf(event);
    const { value: before } = known;
    if (!before || !now || before.currency !== now.currency) return 'conflict';
    if (!before.isPart && !now.isPart) return 'conflict';
    if (now.minor < before.minor) return this.#known(idOf(event));
    known.value = now;
    return { grownBy: { minor: now.minor - before.minor, currency: now.currency } };
  }

  /**
   * Splits the id of an event into the key of its object and the key of the note. An id ends with the event, or with the
   * event and an amount.
   */
  #apart(id: string): [object: string, event: string] {
    const last = id.lastIndexOf('/');
    const at = this.#isEvent(id.slice(last + 1)) ? last : id.lastIndexOf('/', last - 1);
    return [id.slice(0, at), id.slice(at + 1)];
  }

  #known(id: string | undefined): Novelty {
    if (id === undefined || !this.#lost.get(id)) return 'duplicate';
    this.#lost.set(id, false);
    return 'resend';
  }
}

/** The note with a key. */
export function noteOf<Value>(
  notes: Note<Value> | undefined,
  key: string,
): Note<Value> | undefined {
  let note = notes;
  while (note !== undefined && note.key !== key) note = note.next;
  return note;
}

function amountOf({ amount, attributes, plan }: ValidEvent): KnownAmount | null {
  if (!amount) return null;
  const { grows } = plan.definition;
  return grows && attributes[grows.while] === grows.is ? { ...amount, isPart: true } : amount;
}

function isSame(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}

function lengthOf(notes: Note<unknown> | undefined): number {
  let length = 0;
  for (let note = notes; note !== undefined; note = note.next) length += 1;
  return length;
}
