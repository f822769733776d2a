/** Maximum length of a shown value, in UTF-16 units. */
const MAX_SHOWN = 100;

/**
 * Shows any invalid value as a short text for an error message. Never throws, and never runs code of the value.
 *
 * @example
 * ```ts
 * import { shownValue } from '@moneytrail/catalogue';
 * console.log(shownValue(undefined), shownValue({ a: 1 })); // undefined [object]
 * ```
 */
export function shownValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value;
    case 'bigint':
      return BigInt.asIntN(64, value) === value ? String(value) : '[bigint]';
    case 'object':
    case 'function':
    case 'symbol':
      return value === null ? 'null' : `[${typeof value}]`;
    default:
      return String(value);
  }
}
