import {
  ATTRIBUTES,
  type AttributeDefinition,
  type AttributeName,
  currencyExponent,
  OTHER,
} from '@moneytrail/catalogue';

const MAX_NAME_LENGTH = 128;

/** What an attribute's value is recorded as: itself, or `_OTHER` when it lies outside what the catalogue allows. */
export function boundedValue(name: AttributeName, value: unknown): string {
  if (typeof value !== 'string' || value === '') return OTHER;
  return isAllowed(value, ATTRIBUTES[name]) ? value : OTHER;
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
