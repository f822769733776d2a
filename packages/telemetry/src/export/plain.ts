// What OTLP carries as it is.
import { isCardNumber, maskText } from '@moneytrail/privacy';
import { isMaskedByName } from '../redaction/attributes.ts';

/** The longest text value, in UTF-16 units; the rest is cut off. */
export const MAX_TEXT = 16_384;

/** The longest name of an attribute; an attribute with a longer name is left out. */
export const MAX_NAME = 1024;

/** Integers of OTLP have 64 bits. */
const INTEGER_LIMIT = 2 ** 63;

const MAX_REMEMBERED = 5000;
const carriedNames = new Set<string>();

/** Whether a name is one that OTLP carries. Names are few and come again. */
export function isCarriedName(name: string): boolean {
  if (carriedNames.has(name)) return true;
  if (name.length > MAX_NAME || !name.isWellFormed()) return false;
  if (carriedNames.size < MAX_REMEMBERED) carriedNames.add(name);
  return true;
}

/** Whether an attribute leaves as it is: nothing of it is masked, cut or replaced. */
export function isPlain([name, value]: [string, unknown]): boolean {
  if (!isCarriedName(name) || isMaskedByName(name)) return false;
  if (typeof value === 'string') return isPlainText(value);
  return (
    typeof value === 'boolean' ||
    (typeof value === 'number' && isCarriable(value) && !isCardNumber(value))
  );
}

function isPlainText(value: string): boolean {
  return value.length <= MAX_TEXT && value.isWellFormed() && maskText(value) === value;
}

/** Whether OTLP carries a number. */
export function isCarriable(value: number): boolean {
  if (!Number.isFinite(value)) return false;
  return !Number.isInteger(value) || (value < INTEGER_LIMIT && value >= -INTEGER_LIMIT);
}
