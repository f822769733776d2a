import { MoneytrailError } from '@moneytrail/catalogue';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The id of a panel, from its key alone (FNV-1a, 31 bits): a link to the panel, and an alert that names it, still lead
 * there when the panel has moved.
 */
export function panelId(key: string): number {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return Math.max(hash >>> 1, 1);
}

/** Throws where two keys are the same or give the same id. */
export function checkKeys(keys: readonly string[]): void {
  const taken = new Map<number, string>();
  for (const key of keys) {
    const other = taken.get(panelId(key));
    if (other !== undefined) throw new MoneytrailError('MONEYTRAIL_DASHBOARD_KEY', key, other);
    taken.set(panelId(key), key);
  }
}
