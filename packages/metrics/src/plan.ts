/** Compiles the events of a catalogue: fields, names, and the instruments to update. */
import {
  AMOUNT,
  type AttributeDefinition,
  amountAttribute,
  type Catalogue,
  type EventDefinition,
  type InstrumentDefinition,
  type LifecycleDefinition,
  PREFIX,
} from '@moneytrail/catalogue';

/** Fields that every event may have. */
const COMMON_FIELDS = ['provider', 'connectedAccount', 'at'];

/** A field of an event that becomes an attribute. */
export interface FieldPlan {
  readonly field: string;
  readonly attribute: string;
  readonly definition: AttributeDefinition;
  readonly isRequired: boolean;
}

/** An amount of an event. */
export interface AmountPlan {
  readonly field: string;
  readonly attribute: string;
  readonly isRequired: boolean;
}

/** An instrument that an event updates. */
export interface Update {
  readonly name: string;
  readonly definition: InstrumentDefinition;
  /** Attributes that the event implies if it does not carry them. */
  readonly implied: Readonly<Record<string, string>>;
}

/** A lifecycle of an event, and the instruments that count it. */
export interface LifePlan {
  readonly name: string;
  readonly definition: LifecycleDefinition;
  readonly updates: readonly Omit<Update, 'implied'>[];
}

/** Everything that recording needs to know about an event. */
export interface EventPlan {
  readonly name: string;
  /** The name with its prefix, as sent. Created once, because every new string is hashed again when used as a key. */
  readonly wireName: string;
  /** The name in event ids and losses: without our prefix, but with the prefix of a service. */
  readonly shortName: string;
  readonly definition: EventDefinition;
  /** The fields to read. */
  readonly read: readonly string[];
  readonly fields: readonly FieldPlan[];
  /** The main amount. */
  readonly principal: AmountPlan | undefined;
  readonly furtherAmounts: readonly AmountPlan[];
  readonly updates: readonly Update[];
  readonly lives: readonly LifePlan[];
  /** Counters that start at zero with the first series of the event: after a payment, one may be declined. */
  readonly kindred: readonly string[];
  /** Attributes that are also set on the active span. */
  readonly onSpan: readonly string[];
  /** Attributes under which the money of a movement is counted, both when done and when undone. */
  readonly movementLabels: readonly string[];
}

/** Compiles the events of a catalogue. */
export function compileEvents(catalogue: Catalogue): ReadonlyMap<string, EventPlan> {
  const movementLabels = movementLabelsOf(catalogue);
  return new Map(
    Object.entries(catalogue.events).map(([name, definition]) => [
      name,
      { ...compile(catalogue, name, definition), movementLabels },
    ]),
  );
}

/** The name of an event or instrument in event ids and losses. */
export function shortNameOf({ prefix }: Catalogue, name: string): string {
  return prefix === PREFIX ? name : prefix + name;
}

function compile(
  catalogue: Catalogue,
  name: string,
  definition: EventDefinition,
): Omit<EventPlan, 'movementLabels'> {
  const { amounts = {}, required = {}, optional = {}, identity } = definition;
  const fields = [...fieldsOf(catalogue, required, true), ...fieldsOf(catalogue, optional, false)];
  const amountPlans = Object.entries(amounts).map(([field, need]) => ({
    field,
    attribute: amountAttribute(field),
    isRequired: need === 'required',
  }));
  const principal = amountPlans.find(({ field }) => field === AMOUNT) ?? amountPlans[0];
  const read = [
    ...COMMON_FIELDS,
    ...identity,
    ...fields.map(({ field }) => field),
    ...Object.keys(amounts),
  ];
  return {
    name,
    wireName: catalogue.prefix + name,
    shortName: shortNameOf(catalogue, name),
    definition,
    read: [...new Set(read)].filter((field) => field !== 'event'),
    fields,
    principal,
    furtherAmounts: amountPlans.filter((amount) => amount !== principal),
    updates: updatesOf(catalogue, name),
    lives: livesOf(catalogue, name),
    kindred: kindredOf(catalogue, name),
    onSpan: fields.filter((one) => one.definition.onSpan).map(({ attribute }) => attribute),
  };
}

function fieldsOf(
  { known }: Catalogue,
  fields: Readonly<Record<string, string>>,
  isRequired: boolean,
): FieldPlan[] {
  return Object.entries(fields).flatMap(([field, attribute]) => {
    const definition = known[attribute];
    return definition ? [{ field, attribute, definition, isRequired }] : [];
  });
}

function updatesOf({ instruments }: Catalogue, event: string): Update[] {
  return Object.entries(instruments).flatMap(([name, definition]) => {
    const implied = definition.on?.[event];
    return implied ? [{ name, definition, implied }] : [];
  });
}

function livesOf({ lifecycles, instruments }: Catalogue, event: string): LifePlan[] {
  return Object.entries(lifecycles)
    .filter(([, { on }]) => Object.hasOwn(on, event))
    .map(([name, definition]) => ({
      name,
      definition,
      updates: Object.entries(instruments)
        .filter(([, { lifecycle }]) => lifecycle?.of === name)
        .map(([instrument, one]) => ({ name: instrument, definition: one })),
    }));
}

/** Counters of the events with the same first word, and of their lifecycles. */
function kindredOf({ instruments, lifecycles }: Catalogue, event: string): string[] {
  const word = `${event.split('.', 1)[0]}.`;
  return Object.entries(instruments)
    .filter(([, { kind, on = {}, lifecycle }]) => {
      const events = Object.keys(lifecycle ? (lifecycles[lifecycle.of]?.on ?? {}) : on);
      return kind === 'counter' && events.some((other) => other.startsWith(word));
    })
    .map(([name]) => name);
}

function movementLabelsOf({ instruments }: Catalogue): string[] {
  const labels = Object.values(instruments)
    .filter(({ adds, lifecycle }) => adds === 'undone' || lifecycle?.counts === 'final_states')
    .flatMap(({ attributes }) => attributes);
  return [...new Set(labels)];
}
