import type { Money } from '@moneytrail/catalogue';
import type { Fact } from './fact.ts';
import { Memory } from './memory.ts';

/** What a fact is to the process: new, known, known with another amount, or known and to be sent once more. */
export type Standing = 'new' | 'duplicate' | 'conflict' | 'resend';

/** Remembers the facts that were recorded, each with its amount, and those whose event did not leave. */
export class RecordedFacts {
  readonly #amounts: Memory<Money | null> = new Memory();
  readonly #lost: Memory<boolean> = new Memory();

  /** Takes a fact with an id and says what it is. */
  claim(id: string, { amount }: Fact): Standing {
    const known = this.#amounts.get(id);
    if (known === undefined) {
      this.#amounts.set(id, amount ?? null);
      return 'new';
    }
    // The amount came later than the fact.
    if (amount && known === null) {
      this.#amounts.set(id, amount);
      return 'resend';
    }
    if (known && amount && !isSame(known, amount)) return 'conflict';
    if (!this.#lost.get(id)) return 'duplicate';
    this.#lost.set(id, false);
    return 'resend';
  }

  /** Notes that the event of a fact did not leave. */
  lose(id: string): void {
    if (this.#amounts.get(id) !== undefined) this.#lost.set(id, true);
  }
}

function isSame(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}
