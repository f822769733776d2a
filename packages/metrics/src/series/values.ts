// What a value is recorded as: itself, or `_OTHER` when it lies outside what the catalogue allows.
import { type AttributeDefinition, currencyCode, OTHER } from '@moneytrail/catalogue';
import { ownName, ownWords } from './words.ts';

const MAX_NAME_LENGTH = 128;
/** Stripe promises that its ids are not longer. */
const MAX_ID_LENGTH = 255;

/** The value of an attribute as text, `_OTHER` for what does not fit. */
export function boundedValue(definition: AttributeDefinition, value: unknown): string {
  if (typeof value !== 'string' || value === '') return OTHER;
  switch (definition.kind) {
    case 'set':
      return isKnown(definition, value) ? value : OTHER;
    case 'open_set':
      return openValue(value, definition);
    case 'currency':
      return currencyCode(value) ?? OTHER;
    default:
      return value.length <= MAX_NAME_LENGTH ? value.toWellFormed() : OTHER;
  }
}

function isKnown({ values = {} }: AttributeDefinition, value: string): boolean {
  return Object.hasOwn(values, value);
}

function openValue(value: string, definition: AttributeDefinition): string {
  if (isKnown(definition, value)) return value;
  return (definition.form === 'words' ? ownWords(value) : ownName(value)) ?? OTHER;
}

/** The value of an attribute of an event. */
export type EventValue = string | number | true;

/**
 * What an attribute of an event is recorded as, or `undefined` when it is left out: `_OTHER` is not a measurement, and as an id it
 * would make one object of many.
 */
export function eventValue(
  definition: AttributeDefinition,
  value: unknown,
): EventValue | undefined {
  switch (definition.kind) {
    case 'flag':
      return value === true ? true : undefined;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
    case 'id':
      return idText(value);
    default:
      return boundedValue(definition, value);
  }
}

/** An id as text, or `undefined` when it cannot be one. Callers without types number their objects. */
export function idText(value: unknown): string | undefined {
  const isNumber = Number.isSafeInteger(value) || (typeof value === 'bigint' && isShort(value));
  const text = isNumber ? String(value) : value;
  const isId = typeof text === 'string' && text !== '' && text.length <= MAX_ID_LENGTH;
  return isId ? text.toWellFormed() : undefined;
}

/** A bigint of 64 bits; to write a huge one as text takes seconds. */
function isShort(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** Databases and JSON have `null` for what is absent. */
export function isAbsent(given: unknown): given is null | undefined {
  return given === undefined || given === null;
}
