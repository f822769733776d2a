import {
  ATTRIBUTES,
  type AttributeDefinition,
  type AttributeName,
  currencyExponent,
  OTHER,
} from '@moneytrail/catalogue';

const MAX_NAME_LENGTH = 128;
/** Stripe promises that its ids are not longer. */
const MAX_ID_LENGTH = 255;

/** What an attribute's value is recorded as: itself, or `_OTHER` when it lies outside what the catalogue allows. */
export function boundedValue(name: AttributeName, value: unknown): string {
  if (typeof value !== 'string' || value === '') return OTHER;
  return isAllowed(value, ATTRIBUTES[name]) ? value : OTHER;
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
  const text = typeof value === 'bigint' || Number.isSafeInteger(value) ? String(value) : value;
  const isId = typeof text === 'string' && text !== '' && text.length <= MAX_ID_LENGTH;
  return isId ? text : undefined;
}

function isAllowed(value: string, { kind, values }: AttributeDefinition): boolean {
  switch (kind) {
    case 'set':
      return values?.includes(value) ?? false;
    case 'currency':
      return currencyExponent(value) !== undefined;
    default:
      return value.length <= MAX_NAME_LENGTH;
  }
}
