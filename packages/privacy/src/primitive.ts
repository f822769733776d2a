// Copies texts and numbers, without what names a person or opens a door.
import { isCardNumber } from './numbers.ts';
import { MASK } from './patterns.ts';
import { maskText } from './text.ts';

/** A text, number or boolean as JSON can hold it; `undefined` for anything else. */
export function copyPrimitive(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return maskText(value);
    case 'boolean':
      return value;
    case 'number':
      return copyNumber(value);
    case 'bigint':
      return copyBigint(value);
    default:
      return undefined;
  }
}

function copyNumber(value: number): unknown {
  if (isCardNumber(value)) return MASK;
  return Number.isFinite(value) ? value : String(value);
}

/** A huge bigint takes seconds to become a text. */
function copyBigint(value: bigint): unknown {
  if (Number.isSafeInteger(Number(value))) return copyNumber(Number(value));
  return BigInt.asIntN(1024, value) === value ? value.toString() : '[bigint]';
}
