// The labels of each instrument, and which own words of an open set have become labels.
import {
  type AttributeDefinition,
  type Catalogue,
  type InstrumentDefinition,
  OTHER,
  valuesOf,
} from '@moneytrail/catalogue';
import { boundedValue } from './values.ts';

/** Own words of an open set that may become labels in the life of a process; further ones are `_OTHER`. */
const MAX_OWN_WORDS = 20;

/** The own and known words of an open set that are labels by now. */
interface OpenWords {
  readonly words: Set<string>;
  readonly limit: number;
}

/** An attribute of an instrument, whose values become labels. */
export class Label {
  readonly attribute: string;
  readonly definition: AttributeDefinition;
  readonly #open: OpenWords | undefined;

  constructor(attribute: string, definition: AttributeDefinition, open: OpenWords | undefined) {
    this.attribute = attribute;
    this.definition = definition;
    this.#open = open;
  }

  /** What a value becomes as a label. */
  valueOf(given: unknown): string {
    const open = this.#open;
    // Most values are labels already.
    if (typeof given === 'string' && open?.words.has(given)) return given;
    const value = boundedValue(this.definition, given);
    if (open === undefined || open.words.has(value)) return value;
    if (open.words.size >= open.limit) return OTHER;
    open.words.add(value);
    return value;
  }

  /** Whether a label is only another way to write what was given: in capitals, with hyphens. */
  isSpelling(value: string): boolean {
    return value !== OTHER && ['open_set', 'currency'].includes(this.definition.kind);
  }
}

/** The labels of each instrument. Instruments with the same attribute share its own words. */
export function createLabels({
  instruments,
  known,
}: Catalogue): ReadonlyMap<string, readonly Label[]> {
  const labels = new Map<string, Label>();
  const labelOf = (attribute: string): Label => {
    const definition = known[attribute] ?? { kind: 'name', help: '' };
    const label = labels.get(attribute) ?? new Label(attribute, definition, openWords(definition));
    labels.set(attribute, label);
    return label;
  };
  return new Map(
    Object.entries<InstrumentDefinition>(instruments).map(([name, { attributes }]) => [
      name,
      attributes.map(labelOf),
    ]),
  );
}

function openWords(definition: AttributeDefinition): OpenWords | undefined {
  if (definition.kind !== 'open_set') return undefined;
  const words = new Set([...(valuesOf(definition) ?? []), OTHER]);
  return { words, limit: words.size + MAX_OWN_WORDS };
}
