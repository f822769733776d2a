/** The labels of instruments, and the words of a service that have become labels. */
import {
  type AttributeDefinition,
  type Catalogue,
  type InstrumentDefinition,
  OTHER,
  valuesOf,
} from '@moneytrail/catalogue';
import { boundedValue } from './values.ts';

/** Maximum number of words of a service per open set that become labels. Others become `_OTHER`. */
const MAX_OWN_WORDS = 20;

/** The words of an open set that are labels, known or of the service. */
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

  /** Converts a value to a label. */
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

  /** Whether a label differs from the value only in spelling, such as capitals or hyphens. */
  isSpelling(value: string): boolean {
    return value !== OTHER && ['open_set', 'currency'].includes(this.definition.kind);
  }
}

/** The labels of each instrument. Instruments with the same attribute share its words. */
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
