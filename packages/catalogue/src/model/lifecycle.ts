// What a catalogue says about the life of an object: its states, and which of them stands when events contradict each other.

/** The life of one kind of object, such as a payment. */
export interface LifecycleDefinition {
  readonly help: string;
  /** Attribute that names the object. */
  readonly id: string;
  /** States with their meanings. Their order is their precedence: of two states that were reported, the later one in this list stands. */
  readonly states: Readonly<Record<string, string>>;
  /** States that end the life. Two of them contradict each other, unless `mayFollow` allows them. */
  readonly final: readonly string[];
  /** Final states that may be followed by another one, each with those that may come before it. */
  readonly mayFollow?: Readonly<Record<string, readonly string[]>>;
  /** Before its end the object may return to an earlier state: the newest event decides. */
  readonly mayGoBack?: true;
  /** The state that an object enters when its money was captured and came back, whichever of the two events arrives first. */
  readonly undone?: string;
  /** The state that each event leads to; it may depend on whether the event carries an attribute. */
  readonly on: Readonly<Record<string, string | StateByAttribute>>;
}

/** The state of an event that carries an attribute, and of one that does not. */
export interface StateByAttribute {
  readonly carrying: string;
  readonly state: string;
  readonly otherwise: string;
}

/** Lifecycles by the kind of their object. */
export type LifecycleTable = Readonly<Record<string, LifecycleDefinition>>;

/**
 * The state that an event leads to, or `undefined` when the lifecycle does not know the event.
 *
 * @example
 * ```ts
 * import { LIFECYCLES, stateAfter } from '@moneytrail/catalogue';
 * console.log(stateAfter(LIFECYCLES.payment, 'payment.failed', { 'payment.attempt.id': 'ch_1' })); // failed
 * ```
 */
export function stateAfter(
  { on }: LifecycleDefinition,
  event: string,
  attributes: Readonly<Record<string, unknown>>,
): string | undefined {
  const state = Object.hasOwn(on, event) ? on[event] : undefined;
  if (typeof state !== 'object') return state;
  return attributes[state.carrying] === undefined ? state.otherwise : state.state;
}

/**
 * Whether two final states of one object contradict each other, in whichever order they were reported.
 *
 * @example
 * ```ts
 * import { contradict, LIFECYCLES } from '@moneytrail/catalogue';
 * console.log(contradict(LIFECYCLES.payment, 'canceled', 'succeeded')); // true
 * console.log(contradict(LIFECYCLES.payout, 'paid', 'failed')); // false
 * ```
 */
export function contradict(
  { final, mayFollow = {} }: LifecycleDefinition,
  a: string,
  b: string,
): boolean {
  if (a === b || !final.includes(a) || !final.includes(b)) return false;
  return !(mayFollow[a]?.includes(b) || mayFollow[b]?.includes(a));
}

/**
 * The rank of a state: of two states the one with the higher rank stands.
 *
 * @example
 * ```ts
 * import { LIFECYCLES, rankOf } from '@moneytrail/catalogue';
 * console.log(rankOf(LIFECYCLES.payment, 'succeeded') > rankOf(LIFECYCLES.payment, 'canceled')); // true
 * ```
 */
export function rankOf({ states }: LifecycleDefinition, state: string): number {
  return Object.keys(states).indexOf(state);
}
