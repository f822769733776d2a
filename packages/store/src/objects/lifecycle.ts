/** Resolves the state of an object from its events. The lifecycle of the catalogue decides; the order of arrival does not matter. */
import {
  contradict,
  EVENTS,
  LIFECYCLES,
  type LifecycleDefinition,
  type LifecycleName,
  type MovementDefinition,
  movedId,
  rankOf,
  stateAfter,
} from '../catalogue.ts';
import { type FoldedEvent, newestFirst } from './event.ts';

/** The resolved state of an object. */
export interface ResolvedState {
  readonly state: string;
  /** Whether the state is final. */
  readonly isFinal: boolean;
  /** The latest event that reports the state. */
  readonly event: FoldedEvent;
  /** All events of the lifecycle: the event of the state first, then by precedence. */
  readonly ordered: readonly FoldedEvent[];
  /** Whether two events report final states that contradict each other. */
  readonly isContradictory: boolean;
}

interface Report {
  readonly state: string;
  readonly event: FoldedEvent;
}

/** Resolves the state of an object; `undefined` when none of its events belongs to the lifecycle. */
export function resolveState(
  kind: LifecycleName,
  events: readonly FoldedEvent[],
): ResolvedState | undefined {
  const lifecycle = LIFECYCLES[kind];
  const reports = events.flatMap((event): Report[] => {
    const state = stateAfter(lifecycle, event.event, event.attributes);
    return state === undefined ? [] : [{ state, event }];
  });
  const ordered = reports.toSorted((a, b) => byPrecedence(lifecycle, a, b));
  const [first] = ordered;
  if (first === undefined) return undefined;
  const { state, event } = undone(lifecycle, ordered) ?? first;
  return {
    state,
    isFinal: lifecycle.final.includes(state),
    event,
    ordered: ordered.map((report) => report.event),
    isContradictory: isContradictory(lifecycle, ordered, state),
  };
}

function byPrecedence(lifecycle: LifecycleDefinition, a: Report, b: Report): number {
  const ranks = rankOf(lifecycle, b.state) - rankOf(lifecycle, a.state);
  const isOpen = ![a, b].some(({ state }) => lifecycle.final.includes(state));
  const time = b.event.at_us - a.event.at_us;
  return (lifecycle.mayGoBack && isOpen && time) || ranks || newestFirst(a.event, b.event);
}

/** The event that undoes another event of the same attempt. */
function undone(lifecycle: LifecycleDefinition, reports: readonly Report[]): Report | undefined {
  const { undone: state } = lifecycle;
  if (state === undefined) return undefined;
  const done = new Set(reports.map(({ event }) => movedBy(event, 'done')));
  const report = reports.find(({ event }) => {
    const moved = movedBy(event, 'undone');
    return moved !== undefined && done.has(moved);
  });
  return report && { state, event: report.event };
}

/** The id of what an event moved, if the event is on this side of the movement. */
function movedBy({ event, attributes }: FoldedEvent, side: 'done' | 'undone'): unknown {
  const movement = MOVEMENTS.get(event);
  return movement?.side === side ? movedId(movement, attributes) : undefined;
}

const MOVEMENTS: ReadonlyMap<string, MovementDefinition | undefined> = new Map(
  Object.entries(EVENTS).map(([name, { movement }]) => [name, movement]),
);

/** An undo does not contradict the event that it undoes. */
function isContradictory(
  lifecycle: LifecycleDefinition,
  reports: readonly Report[],
  state: string,
): boolean {
  const states = [...new Set([state, ...reports.map((report) => report.state)])];
  return states.some((one) => states.some((other) => contradict(lifecycle, one, other)));
}
