import {
  ATTRIBUTES,
  type AttributeDefinition,
  type AttributeName,
  currencyCode,
  OTHER,
} from '@moneytrail/catalogue';
import { ownName, ownWords } from './words.ts';

const MAX_NAME_LENGTH = 128;
/** Stripe promises that its ids are not longer. */
const MAX_ID_LENGTH = 255;

/** What an attribute's value is recorded as: itself, or `_OTHER` when it lies outside what the catalogue allows. */
export function boundedValue(name: AttributeName, value: unknown): string {
  if (typeof value !== 'string' || value === '') return OTHER;
  const definition: AttributeDefinition = ATTRIBUTES[name];
  switch (definition.kind) {
    case 'set':
      return definition.values?.includes(value) ? value : OTHER;
    case 'open_set':
      return openValue(value, definition);
    case 'currency':
      return currencyCode(value) ?? OTHER;
    default:
      return value.length <= MAX_NAME_LENGTH ? value.toWellFormed() : OTHER;
  }
}

function openValue(value: string, { values, form }: AttributeDefinition): string {
  if (values?.includes(value)) return value;
  return (form === 'words' ? ownWords(value) : ownName(value)) ?? OTHER;
}

/**
 * What an attribute of a fact is recorded as, or `undefined` when it is left out: `_OTHER` is no measurement, and as an id
 * it would make one object of many.
 */
export function factValue(name: AttributeName, value: unknown): string | number | undefined {
  switch (ATTRIBUTES[name].kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
    case 'id':
      return idText(value);
    default:
      return boundedValue(name, value);
  }
}

/** An id as text, or `undefined` when it is none. Callers without types number their objects. */
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

/** Databases and JSON say `null` for what is not there. */
export function isAbsent(given: unknown): given is null | undefined {
  return given === undefined || given === null;
}
