// What a person reads on the standard error output when telemetry of one signal does not arrive.
import { ERRORS, type ErrorCode } from '@moneytrail/catalogue';
import type { Signal } from '../config/environment.ts';
import type { DropCause } from './accounting.ts';
import { hintOfAddress } from './hints.ts';

/** A warning is printed at once and then, while its cause lasts, every ten minutes. */
const PAUSE_MS = 600_000;

/**
 * Prints each cause once on the process's warning channel. A warning changes nothing in the process and can be silenced with
 * `--disable-warning` and its code.
 */
export class Warnings {
  readonly #signal: Signal;
  readonly #address: string;
  readonly #hint: string | undefined;
  readonly #silentUntilMs: Map<string, number> = new Map();
  #isLastTurn = false;

  constructor(signal: Signal, url: string) {
    const address = new URL(url);
    this.#signal = signal;
    // Without the query, which may hold a key.
    this.#address = address.origin + address.pathname;
    this.#hint = hintOfAddress(address);
  }

  /** A request did not arrive and will be sent again. */
  unreachable(reason: string): void {
    this.#print('MONEYTRAIL_EXPORT_FAILED', '', (code) =>
      ERRORS[code].message(this.#signal, this.#address, this.#withHint(reason)),
    );
  }

  /** Items were lost. */
  dropped(items: number, cause: DropCause, reason: string): void {
    this.#print('MONEYTRAIL_TELEMETRY_DROPPED', cause, (code) =>
      ERRORS[code].message(this.#signal, items, cause, this.#address, this.#withHint(reason)),
    );
  }

  #withHint(reason: string): string {
    return this.#hint === undefined ? reason : `${reason} (${this.#hint})`;
  }

  /** From now on there is no later turn, in which Node prints warnings. */
  printAtOnce(): void {
    this.#isLastTurn = true;
  }

  #print<Code extends ErrorCode>(code: Code, cause: string, text: (code: Code) => string): void {
    const key = `${code}/${cause}`;
    const nowMs = performance.now();
    if (nowMs < (this.#silentUntilMs.get(key) ?? 0)) return;
    this.#silentUntilMs.set(key, nowMs + PAUSE_MS);
    const warning = Object.assign(new Error(text(code)), { name: 'MoneytrailWarning', code });
    if (this.#isLastTurn) emitNow(warning);
    else process.emitWarning(warning);
  }
}

function emitNow(warning: Error): void {
  try {
    process.emit('warning', warning);
  } catch {
    // A listener of the service that throws must not change how the process exits.
  }
}
