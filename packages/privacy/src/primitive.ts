/** Copies strings and numbers without secrets and personal data. */
import { isCardNumber } from './numbers.ts';
import { MASK } from './patterns.ts';
import { maskText } from './text.ts';

/** A string, number or boolean for JSON; `undefined` for any other value. */
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

/** Converting a huge bigint to text takes seconds. */
function copyBigint(value: bigint): unknown {
  if (Number.isSafeInteger(Number(value))) return copyNumber(Number(value));
  return BigInt.asIntN(1024, value) === value ? value.toString() : '[bigint]';
}
