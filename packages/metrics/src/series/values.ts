/** Bounds the values of attributes: a value that the catalogue does not allow becomes `_OTHER`. */
import { type AttributeDefinition, currencyCode, OTHER } from '@moneytrail/catalogue';
import { ownName, ownWords } from './words.ts';

const MAX_NAME_LENGTH = 128;
/** Maximum length of an id, which is that of Stripe ids. */
const MAX_ID_LENGTH = 255;

/** The value of an attribute of an event. */
export type EventValue = string | number | true;

/**
 * The recorded value of an attribute of an event, or `undefined` if it is left out: `_OTHER` is not a measurement, and as
 * an id it would merge different objects.
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

/** Whether a value is absent. Databases and JSON use `null`. */
export function isAbsent(given: unknown): given is null | undefined {
  return given === undefined || given === null;
}

/** The value of an attribute as text; `_OTHER` if it is not allowed. */
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

/** An id as text, or `undefined` if it is not valid. Callers without types may pass numbers. */
export function idText(value: unknown): string | undefined {
  const isNumber = Number.isSafeInteger(value) || (typeof value === 'bigint' && isShort(value));
  const text = isNumber ? String(value) : value;
  const isId = typeof text === 'string' && text !== '' && text.length <= MAX_ID_LENGTH;
  return isId ? text.toWellFormed() : undefined;
}

function isKnown({ values = {} }: AttributeDefinition, value: string): boolean {
  return Object.hasOwn(values, value);
}

function openValue(value: string, definition: AttributeDefinition): string {
  if (isKnown(definition, value)) return value;
  return (definition.form === 'words' ? ownWords(value) : ownName(value)) ?? OTHER;
}

/** Whether a bigint has at most 64 bits. Converting a huge one to text takes seconds. */
function isShort(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}
