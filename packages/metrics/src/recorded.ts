import type { Money } from '@moneytrail/catalogue';
import type { Fact } from './fact.ts';
import { Memory } from './memory.ts';

/** What a fact is to the process: new, known, known with another amount, or known and to be sent once more. */
export type Standing = 'new' | 'duplicate' | 'conflict' | 'lost';

const NO_AMOUNT = '';

/** Remembers the facts that were recorded, each with its amount, and those whose event did not leave. */
export class RecordedFacts {
  readonly #amounts: Memory<string> = new Memory();
  readonly #lost: Memory<boolean> = new Memory();

  /** Takes a fact with an id and says what it is. */
  claim(id: string, { amount }: Fact): Standing {
    const known = this.#amounts.get(id);
    const now = textOf(amount);
    if (known === undefined) {
      this.#amounts.set(id, now);
      return 'new';
    }
    if (now !== NO_AMOUNT && known !== NO_AMOUNT && now !== known) return 'conflict';
    if (!this.#lost.get(id)) return 'duplicate';
    this.#lost.set(id, false);
    return 'lost';
  }

  /** Notes that the event of a fact did not leave. */
  lose(id: string): void {
    if (this.#amounts.get(id) !== undefined) this.#lost.set(id, true);
  }
}

function textOf(amount: Money | undefined): string {
  return amount ? `${amount.minor} ${amount.currency}` : NO_AMOUNT;
}
