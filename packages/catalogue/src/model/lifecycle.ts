/** The lifecycle of an object: its states, and which one wins if events contradict each other. */

/** The lifecycle of one kind of object, such as a payment. */
export interface LifecycleDefinition {
  readonly help: string;
  /** Attribute that names the object. */
  readonly id: string;
  /** States with their meanings. Their order is their precedence: of two reported states, the later one in this list wins. */
  readonly states: Readonly<Record<string, string>>;
  /** Final states. Two of them contradict each other unless `mayFollow` allows them. */
  readonly final: readonly string[];
  /** Final states that may follow other final states, with the states that they may follow. */
  readonly mayFollow?: Readonly<Record<string, readonly string[]>>;
  /** Before its final state, the object may return to an earlier state: the newest event decides. */
  readonly mayGoBack?: true;
  /** The state of an object whose money was captured and came back, in any order of the two events. */
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
 * The state that an event leads to, or `undefined` if the lifecycle does not have the event.
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
 * Whether two final states of one object contradict each other, in any order.
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
 * The rank of a state. Of two states, the one with the higher rank wins.
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
