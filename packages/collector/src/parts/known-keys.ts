import { ATTRIBUTES } from '@moneytrail/catalogue';

const CLOSED_KINDS = new Set(['set', 'currency', 'number', 'flag']);

/** Attributes of the catalogue whose values are closed or measured. */
const CATALOGUE_KEYS = Object.entries(ATTRIBUTES)
  .filter(([, { kind }]) => CLOSED_KINDS.has(kind))
  .map(([name]) => name);

/** Keys that hold nothing to search. */
export const IGNORED_KEYS: readonly string[] = [...CATALOGUE_KEYS].sort();
