import { ERRORS } from '@moneytrail/catalogue';
import type { Signal } from './settings.ts';

const CODE = 'MONEYTRAIL_EXPORT_FAILED';

/** An outage is told at its start and then every ten minutes. */
const PAUSE_MS = 600_000;

let silentUntilMs = 0;

/**
 * Tells on the process's warning channel that telemetry does not arrive. A warning changes nothing in the process and can
 * be silenced with `--disable-warning=MONEYTRAIL_EXPORT_FAILED`.
 */
export function warnOfFailure(signal: Signal, url: string, reason: string): void {
  if (performance.now() < silentUntilMs) return;
  silentUntilMs = performance.now() + PAUSE_MS;
  const { origin, pathname } = new URL(url);
  const text = ERRORS[CODE].message(signal, origin + pathname, reason);
  process.emitWarning(text, { type: 'MoneytrailWarning', code: CODE });
}
