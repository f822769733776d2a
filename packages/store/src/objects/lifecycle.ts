/** Which of the states that events report about an object stands: the lifecycle of the catalogue decides, whatever the order of arrival. */
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

/** The state of an object. */
export interface Standing {
  readonly state: string;
  /** Whether the state ends the life of the object. */
  readonly isFinal: boolean;
  /** The newest event that reports the state. */
  readonly event: FoldedEvent;
  /** Every event of the lifecycle, that of the state first, then by precedence. */
  readonly ordered: readonly FoldedEvent[];
  /** Whether two events report final states that contradict each other. */
  readonly isContradictory: boolean;
}

interface Report {
  readonly state: string;
  readonly event: FoldedEvent;
}

/** The state of an object of which these are the events; `undefined` when none of them belongs to its lifecycle. */
export function standingOf(
  kind: LifecycleName,
  events: readonly FoldedEvent[],
): Standing | undefined {
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

/** The event that undid what another event of the same attempt had done. */
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

/** What an event moved, when it is on this side of a movement. */
function movedBy({ event, attributes }: FoldedEvent, side: 'done' | 'undone'): unknown {
  const movement = MOVEMENTS.get(event);
  return movement?.side === side ? movedId(movement, attributes) : undefined;
}

const MOVEMENTS: ReadonlyMap<string, MovementDefinition | undefined> = new Map(
  Object.entries(EVENTS).map(([name, { movement }]) => [name, movement]),
);

/** What was undone does not contradict that it had been done. */
function isContradictory(
  lifecycle: LifecycleDefinition,
  reports: readonly Report[],
  state: string,
): boolean {
  const states = [...new Set([state, ...reports.map((report) => report.state)])];
  return states.some((one) => states.some((other) => contradict(lifecycle, one, other)));
}
