// What a recorder remembers about the objects of its events: payments, payouts, commissions.
import type { Money } from '@moneytrail/catalogue';
import { RecentKeys } from '../recent-keys.ts';
import type { SeriesAttributes } from '../series/series.ts';
import { idOf, type ValidEvent } from './read.ts';

/**
 * What an event is to the recorder: new, known, known with another amount, known and to be sent once more, or known with a part of the
 * amount that it has now: then by how much it has grown.
 */
export type Novelty = 'new' | 'duplicate' | 'conflict' | 'resend' | { readonly grownBy: Money };

/** A note about an object. The notes of one kind are a list, because they are few. */
interface Note<Value> {
  readonly key: string;
  value: Value;
  readonly next: Note<Value> | undefined;
}

/** An amount that was recorded; that of a part may grow. */
interface KnownAmount extends Money {
  readonly isPart?: true;
}

/** Events that are kept for one object; further conflicts count as known. */
const MAX_EVENTS = 32;

/** Where an object is in its life. */
export interface Life {
  readonly state: string;
  readonly atMs: number;
  /** The attributes under which each instrument has counted its final state. */
  readonly counted: Readonly<Record<string, SeriesAttributes>>;
}

/** One object: its key is hashed once for all that is noted about it. */
export interface KnownObject {
  /** The amount of each event that was recorded, by its name; of a conflict, by its name and amount. */
  amounts: Note<KnownAmount | null> | undefined;
  /** Where the object is in its life, by the name of the lifecycle. */
  lives: Note<Life> | undefined;
}

/** How many objects a recorder remembers, and which names its events have in ids. */
export interface ObjectOptions {
  readonly remembered: number;
  readonly isEvent: (shortName: string) => boolean;
}

/** The newest objects that events were about, and the events that were not sent. */
export class KnownObjects {
  readonly #isEvent: ObjectOptions['isEvent'];
  readonly #objects: RecentKeys<KnownObject>;
  readonly #lost: RecentKeys<boolean>;
  /** One event asks for its object several times. */
  #last:
    | { readonly owner: string; readonly name: string; readonly object: KnownObject }
    | undefined;

  constructor({ remembered, isEvent }: ObjectOptions) {
    this.#isEvent = isEvent;
    this.#objects = new RecentKeys(remembered);
    this.#lost = new RecentKeys(remembered);
  }

  /** What is known about an object. It is remembered from now on. */
  of(owner: string, name: string): KnownObject {
    if (this.#last?.name === name && this.#last.owner === owner) return this.#last.object;
    const key = `${owner}/${name}`;
    const object = this.#objects.getOrAdd(key, () => ({ amounts: undefined, lives: undefined }));
    this.#last = { owner, name, object };
    return object;
  }

  /** Notes an event unless it is known. An event without an object is always new. */
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
    // The amount came later than the event.
    const isCompleted = known.value === null && amount !== undefined;
    if (isCompleted) known.value = amountOf(event);
    return isCompleted ? 'resend' : this.#known(idOf(event));
  }

  /** Notes an event whose amount conflicts with that of a known one, by the id of the conflict. */
  addConflict(event: ValidEvent, id: string): Novelty {
    const object = this.of(event.owner, event.object ?? '');
    const [, key] = this.#apart(id);
    if (noteOf(object.amounts, key)) return this.#known(id);
    if (lengthOf(object.amounts) >= MAX_EVENTS) return 'duplicate';
    object.amounts = { key, value: null, next: object.amounts };
    return 'new';
  }

  /** Notes that the event with this id was not sent. */
  lose(id: string): void {
    const [key, event] = this.#apart(id);
    const object = this.#objects.get(key);
    if (object && noteOf(object.amounts, event)) this.#lost.set(id, true);
  }

  /** Another amount conflicts with the known one, unless one of the two is a part of the other. */
  #other(known: Note<KnownAmount | null>, event: ValidEvent): Novelty {
    const now = amountOf(event);
    const { value: before } = known;
    if (!before || !now || before.currency !== now.currency) return 'conflict';
    if (!before.isPart && !now.isPart) return 'conflict';
    if (now.minor < before.minor) return this.#known(idOf(event));
    known.value = now;
    return { grownBy: { minor: now.minor - before.minor, currency: now.currency } };
  }

  /** The id of an event as the key of its object and that of the note. An id ends in the event, or in the event and an amount. */
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

function lengthOf(notes: Note<unknown> | undefined): number {
  let length = 0;
  for (let note = notes; note !== undefined; note = note.next) length += 1;
  return length;
}

function amountOf({ amount, attributes, plan }: ValidEvent): KnownAmount | null {
  if (!amount) return null;
  const { grows } = plan.definition;
  return grows && attributes[grows.while] === grows.is ? { ...amount, isPart: true } : amount;
}

function isSame(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}
