import {
  ATTRIBUTES,
  type AttributeDefinition,
  currencyExponent,
  OTHER,
} from '@moneytrail/catalogue';

const MAX_NAME_LENGTH = 128;

/** What an attribute's value is recorded as: itself, or `_OTHER` when it lies outside what the catalogue allows. */
export function boundedValue(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') return OTHER;
  return isAllowed(value, definitionOf(name)) ? value : OTHER;
}

function definitionOf(name: string): AttributeDefinition | undefined {
  const table: Readonly<Record<string, AttributeDefinition>> = ATTRIBUTES;
  return table[name];
}

function isAllowed(value: string, definition: AttributeDefinition | undefined): boolean {
  switch (definition?.kind) {
    case 'set':
      return definition.values?.includes(value) ?? false;
    case 'currency':
      return currencyExponent(value) !== undefined;
    default:
      return value.length <= MAX_NAME_LENGTH;
  }
}
