/** Lifecycles of objects: which state wins, and how instruments count it. */
import { contradict, rankOf, stateAfter } from '@moneytrail/catalogue';
import type { LifePlan, Update } from '../plan.ts';
import type { SeriesAttributes } from '../series/cells.ts';
import type { SeriesTable } from '../series/table.ts';
import type { Moved } from './movements.ts';
import { type KnownObjects, type Life, noteOf } from './objects.ts';
import type { ValidEvent } from './read.ts';

const BEFORE_ALL = 'none';

/** An event of a lifecycle: the state that it leads to, and the state of its object before. */
interface Step {
  readonly state: string;
  readonly before: Life | undefined;
  readonly event: ValidEvent;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Tracks and counts the states of objects. */
export class Lives {
  readonly #objects: KnownObjects;
  readonly #series: SeriesTable;

  constructor(objects: KnownObjects, series: SeriesTable) {
    this.#objects = objects;
    this.#series = series;
  }

  /** Records an event. Returns whether it contradicts an earlier event of its object. */
  follow(event: ValidEvent, moved: Moved | undefined): boolean {
    let contradicts = false;
    for (const plan of event.plan.lives) {
      contradicts = this.#followOne(plan, event, moved) || contradicts;
    }
    return contradicts;
  }

  #followOne(plan: LifePlan, event: ValidEvent, moved: Moved | undefined): boolean {
    const { definition, name } = plan;
    const isUndone = definition.undone !== undefined && moved?.both !== undefined;
    const reached = stateAfter(definition, event.plan.name, event.attributes);
    const state = isUndone ? definition.undone : reached;
    if (state === undefined) return false;
    const attributes = isUndone ? { ...event.attributes, ...moved.both } : event.attributes;
    const id = event.attributes[definition.id];
    // Without an id, each event is a separate object.
    if (id === undefined) {
      this.#enter(plan, { state, before: undefined, event, attributes });
      return false;
    }
    const object = this.#objects.of(event.owner, String(id));
    const note = noteOf(object.lives, name);
    const before = note?.value;
    const step = { state, before, event, attributes };
    if (stands(plan, step)) {
      const life = this.#enter(plan, step);
      if (note) note.value = life;
      else object.lives = { key: name, value: life, next: object.lives };
    }
    return before !== undefined && contradict(definition, before.state, state);
  }

  /** Counts an object that enters a state. */
  #enter(plan: LifePlan, step: Step): Life {
    const isFinal = plan.definition.final.includes(step.state);
    const counted: Record<string, SeriesAttributes> = {};
    for (const update of plan.updates) {
      const count = update.definition.lifecycle?.counts;
      if (count === 'transitions') this.#countTransition(plan, update, step);
      else if (count === 'superseded') this.#countSuperseded(update, step, isFinal);
      else if (isFinal) counted[update.name] = this.#countFinal(update, step);
    }
    return { state: step.state, atMs: step.event.atMs, counted };
  }

  #countFinal(update: Omit<Update, 'implied'>, step: Step): SeriesAttributes {
    const cell = this.#series.of(update.name)?.cellOf(givenTo(update, step));
    cell?.take(1);
    return cell?.attributes ?? {};
  }

  /** Counts a replaced state, under the attributes of its own count. */
  #countSuperseded(
    { name, definition }: Omit<Update, 'implied'>,
    { before }: Step,
    isFinal: boolean,
  ): void {
    if (!isFinal || before === undefined) return;
    for (const labels of Object.values(before.counted)) {
      const isOurs = definition.attributes.every((attribute) => attribute in labels);
      if (isOurs) this.#series.record(name, 1, labels);
    }
  }

  /** Counts a change of state. Objects in a final state do not change any more. */
  #countTransition({ definition }: LifePlan, update: Omit<Update, 'implied'>, step: Step): void {
    const { lifecycle } = update.definition;
    const left = step.before?.state ?? BEFORE_ALL;
    const hasId = step.event.attributes[definition.id] !== undefined;
    if (lifecycle?.counts !== 'transitions' || !hasId || definition.final.includes(left)) return;
    if (!Object.hasOwn(lifecycle.as, step.state)) return;
    this.#series.record(update.name, 1, { ...givenTo(update, step), [lifecycle.from]: left });
  }
}

/** Whether the state of an event replaces the current one. */
function stands({ definition }: LifePlan, { state, before, event }: Step): boolean {
  if (before === undefined) return true;
  if (before.state === state) return false;
  const { final, mayGoBack } = definition;
  const isOpen = !final.includes(state) && !final.includes(before.state);
  if (mayGoBack && isOpen && event.atMs !== before.atMs) return event.atMs > before.atMs;
  return rankOf(definition, state) > rankOf(definition, before.state);
}

/** The attributes of the event and those implied by its state. */
function givenTo(
  { definition }: Omit<Update, 'implied'>,
  { state, attributes }: Step,
): Record<string, unknown> {
  const { lifecycle } = definition;
  const implied = lifecycle && 'as' in lifecycle ? lifecycle.as[state] : undefined;
  return { ...implied, ...attributes };
}
