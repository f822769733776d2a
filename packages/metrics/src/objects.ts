// What a process remembers of the objects that its facts are about: payments, payouts, commissions.
import { EVENTS, type Money } from '@moneytrail/catalogue';
import { type Fact, idOf } from './fact.ts';
import { Memory } from './memory.ts';

/**
 * What a fact is to the process: new, known, known with another amount, known and to be sent once more, or known with a part of the
 * amount that it has now: then by how much it has grown.
 */
export type Standing = 'new' | 'duplicate' | 'conflict' | 'resend' | { readonly grownBy: Money };

/** A note on an object. The notes of one kind are a list, because they are few. */
interface Note<Value> {
  readonly key: string;
  value: Value;
  readonly next: Note<Value> | undefined;
}

/** An amount that was recorded; that of a part may grow. */
interface KnownAmount extends Money {
  readonly isPart?: true;
}

/** Facts that are kept for one object; further contradictions count as known. */
const MAX_FACTS = 32;

/** One object: its key is hashed once for all that is noted of it. */
export interface KnownObject {
  /** The amount of each fact that was recorded, by its event; of a contradiction, by its event and amount. */
  amounts: Note<KnownAmount | null> | undefined;
  /** The instruments that count an object once and have counted it. */
  counted: Note<true> | undefined;
  /** The state that the object is in, by the attribute that says so. */
  states: Note<string> | undefined;
}

/** The newest objects that facts were about, and the facts whose event did not leave. */
export class KnownObjects {
  readonly #objects: Memory<KnownObject> = new Memory();
  readonly #lost: Memory<boolean> = new Memory();
  /** One fact asks for its object several times. */
  #last:
    | { readonly owner: string; readonly name: string; readonly object: KnownObject }
    | undefined;

  /** What is known of an object. It is remembered from now on. */
  of(owner: string, name: string): KnownObject {
    if (this.#last?.name === name && this.#last.owner === owner) return this.#last.object;
    const key = `${owner}/${name}`;
    const object = this.#objects.get(key) ?? this.#add(key);
    this.#last = { owner, name, object };
    return object;
  }

  /** Takes a fact and says what it is. A fact without an object is always new. */
  claim(fact: Fact): Standing {
    if (fact.object === undefined) return 'new';
    const object = this.of(fact.owner, fact.object);
    const known = noteOf(object.amounts, fact.name);
    if (known === undefined) {
      object.amounts = { key: fact.name, value: amountOf(fact), next: object.amounts };
      return 'new';
    }
    const { amount } = fact;
    if (known.value && amount && !isSame(known.value, amount)) return this.#other(known, fact);
    // The amount came later than the fact.
    const isCompleted = known.value === null && amount !== undefined;
    if (isCompleted) known.value = amountOf(fact);
    return isCompleted ? 'resend' : this.#known(idOf(fact));
  }

  /** Takes a fact that contradicts a known one, by the id of the contradiction. */
  claimConflict(fact: Fact, id: string): Standing {
    const object = this.of(fact.owner, fact.object ?? '');
    const [, key] = apart(id);
    if (noteOf(object.amounts, key)) return this.#known(id);
    if (lengthOf(object.amounts) >= MAX_FACTS) return 'duplicate';
    object.amounts = { key, value: null, next: object.amounts };
    return 'new';
  }

  /** Notes that the event with this id did not leave. */
  lose(id: string): void {
    const [key, event] = apart(id);
    const object = this.#objects.get(key);
    if (object && noteOf(object.amounts, event)) this.#lost.set(id, true);
  }

  /** Another amount contradicts the known one, unless one of the two is a part of the other. */
  #other(known: Note<KnownAmount | null>, fact: Fact): Standing {
    const now = amountOf(fact);
    const { value: before } = known;
    if (!before || !now || before.currency !== now.currency) return 'conflict';
    if (!before.isPart && !now.isPart) return 'conflict';
    if (now.minor < before.minor) return this.#known(idOf(fact));
    known.value = now;
    return { grownBy: { minor: now.minor - before.minor, currency: now.currency } };
  }

  #add(key: string): KnownObject {
    const object = { amounts: undefined, counted: undefined, states: undefined };
    this.#objects.set(key, object);
    return object;
  }

  #known(id: string | undefined): Standing {
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

/** The id of an event as the key of its object and that of the note. An id ends in the event, or in the event and an amount. */
function apart(id: string): [object: string, event: string] {
  const last = id.lastIndexOf('/');
  const at = Object.hasOwn(EVENTS, id.slice(last + 1)) ? last : id.lastIndexOf('/', last - 1);
  return [id.slice(0, at), id.slice(at + 1)];
}

function amountOf({ amount, attributes }: Fact): KnownAmount | null {
  if (!amount) return null;
  return attributes['payment.capture'] === 'part' ? { ...amount, isPart: true } : amount;
}

function isSame(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}
