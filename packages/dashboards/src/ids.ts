/** Ids of panels. */
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from './errors.ts';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Throws when two keys have the same id. */
export function checkKeys(keys: readonly string[]): void {
  const taken = new Map<number, string>();
  for (const key of keys) {
    const other = taken.get(panelId(key));
    if (other !== undefined) throw codedError(ERRORS, 'MONEYTRAIL_DASHBOARD_KEY', { key, other });
    taken.set(panelId(key), key);
  }
}

/**
 * The id of a panel, from its key only (FNV-1a, 31 bits), so that links and alerts still find the panel after it has moved.
 */
export function panelId(key: string): number {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return Math.max(hash >>> 1, 1);
}
