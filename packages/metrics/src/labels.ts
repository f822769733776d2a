// The labels of each instrument, and which names of an open set have become labels.
import {
  ATTRIBUTES,
  type AttributeDefinition,
  type AttributeName,
  INSTRUMENTS,
  type InstrumentDefinition,
  OTHER,
} from '@moneytrail/catalogue';

/** Names outside the known ones of an open set that may become labels in the life of a process; further ones are `_OTHER`. */
const MAX_OPEN_NAMES = 20;

/** An attribute of an instrument. Of an open set, the names that are labels by now. */
export interface Label {
  readonly attribute: AttributeName;
  readonly open: OpenNames | undefined;
  /** Whether its values may be written in several ways: in capitals, with hyphens. */
  readonly isWord: boolean;
  /** Its value where nothing is said. */
  readonly unsaid: string | undefined;
}

/** The names of an open set that are labels by now, and how many they may become. */
export interface OpenNames {
  readonly names: Set<string>;
  readonly limit: number;
}

/** The attributes of each instrument. Instruments with the same attribute share its open names. */
export function createLabels(): ReadonlyMap<string, readonly Label[]> {
  const known = new Map<AttributeName, OpenNames | undefined>();
  const openNamesOf = (attribute: AttributeName): OpenNames | undefined => {
    if (!known.has(attribute)) known.set(attribute, createOpenNames(attribute));
    return known.get(attribute);
  };
  return new Map(
    Object.entries<InstrumentDefinition>(INSTRUMENTS).map(([name, { attributes }]) => [
      name,
      attributes.map((attribute) => ({
        attribute,
        open: openNamesOf(attribute),
        isWord: ['open_set', 'currency'].includes(ATTRIBUTES[attribute].kind),
        unsaid: ATTRIBUTES[attribute].unsaid,
      })),
    ]),
  );
}

function createOpenNames(attribute: AttributeName): OpenNames | undefined {
  const { kind, values = [] }: AttributeDefinition = ATTRIBUTES[attribute];
  if (kind !== 'open_set') return undefined;
  const names = new Set([...values, OTHER]);
  return { names, limit: names.size + MAX_OPEN_NAMES };
}

/** Whether a value is a label already, which most are. */
export function isLabel(value: unknown, open: OpenNames | undefined): value is string {
  return typeof value === 'string' && open !== undefined && open.names.has(value);
}

/** What a value becomes as a label: labels are bounded in number. */
export function labelOf(value: string, open: OpenNames | undefined): string {
  if (open === undefined || open.names.has(value)) return value;
  if (open.names.size >= open.limit) return OTHER;
  open.names.add(value);
  return value;
}
