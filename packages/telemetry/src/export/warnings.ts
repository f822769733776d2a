// The warnings that a person reads when telemetry of one signal does not arrive.
import { codedText } from '@moneytrail/catalogue';
import type { Signal } from '../config/environment.ts';
import { ERRORS } from '../errors.ts';
import type { DropCause } from './accounting.ts';
import { hintOfAddress } from './hints.ts';

/** A warning is printed at once and then, while its fault lasts, every ten minutes. */
const PAUSE_MS = 600_000;

/** Endpoints word their errors as they like, so only so many different reasons of one cause are printed in that time. */
const MAX_REASONS = 5;

/**
 * Prints each fault of one signal once, on the warning channel of the process. A fault is a cause with its reason, so that one fault does not
 * silence another. A warning changes nothing in the process and can be silenced with `--disable-warning` and its code.
 */
export class Warnings {
  readonly #signal: Signal;
  readonly #address: string;
  readonly #hint: string | undefined;
  /** When each reason of a cause was printed last. */
  readonly #printedMs: Map<string, Map<string, number>> = new Map();
  #isLastTurn = false;

  constructor(signal: Signal, url: string) {
    const address = new URL(url);
    this.#signal = signal;
    // Without the query, which may hold a key.
    this.#address = address.origin + address.pathname;
    this.#hint = hintOfAddress(address);
  }

  /** Warns of a request that did not arrive and will be sent again. */
  unreachable(reason: string): void {
    if (!this.#isDue('unreachable', reason)) return;
    const code = 'MONEYTRAIL_EXPORT_FAILED';
    print(code, codedText(ERRORS, code, this.#values(reason)), this.#isLastTurn);
  }

  /** Warns of items that were lost. */
  dropped(items: number, cause: DropCause, reason: string): void {
    if (!this.#isDue(cause, reason)) return;
    const code = 'MONEYTRAIL_TELEMETRY_DROPPED';
    const text = codedText(ERRORS, code, { items, cause, ...this.#values(reason) });
    print(code, text, this.#isLastTurn);
  }

  /** Prints synchronously from now on, because there is no later turn in which Node would print. */
  printAtOnce(): void {
    this.#isLastTurn = true;
  }

  #values(reason: string): { signal: Signal; url: string; reason: string } {
    const withHint = this.#hint === undefined ? reason : `${reason} (${this.#hint})`;
    return { signal: this.#signal, url: this.#address, reason: withHint };
  }

  /** Whether a fault is new or has paused long enough; if so, notes that it is printed now. */
  #isDue(cause: string, reason: string): boolean {
    const nowMs = performance.now();
    const printed = this.#printedMs.get(cause) ?? new Map<string, number>();
    for (const [known, atMs] of printed) if (nowMs - atMs >= PAUSE_MS) printed.delete(known);
    // One fault comes with many sizes and ports; a status has three digits.
    const fault = reason.replace(/\d{4,}/g, '#');
    if (printed.has(fault) || printed.size >= MAX_REASONS) return false;
    this.#printedMs.set(cause, printed.set(fault, nowMs));
    return true;
  }
}

function print(code: string, text: string, isLastTurn: boolean): void {
  const warning = Object.assign(new Error(text), { name: 'MoneytrailWarning', code });
  if (!isLastTurn) {
    process.emitWarning(warning);
    return;
  }
  try {
    process.emit('warning', warning);
  } catch {
    // A listener of the service that throws must not change how the process exits.
  }
}
