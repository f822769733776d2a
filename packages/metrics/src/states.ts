import { closedValues, type InstrumentDefinition } from '@moneytrail/catalogue';
import type { Fact } from './fact.ts';
import { type KnownObjects, noteOf } from './objects.ts';

const BEFORE_ALL = 'none';

/**
 * The state that an object leaves by this fact, or `undefined` when it leaves none: it has ended, or the fact is late news
 * of an earlier state. States follow each other in the order of their closed values.
 */
export function leftState(
  objects: KnownObjects,
  fact: Fact,
  { of, from, to }: NonNullable<InstrumentDefinition['change']>,
  entered: string | undefined,
): string | undefined {
  const order = closedValues(to) ?? [];
  const id = fact.attributes[of];
  if (entered === undefined || id === undefined) return undefined;
  const object = objects.of(fact.owner, String(id));
  const known = noteOf(object.states, to);
  const left = known?.value ?? BEFORE_ALL;
  const hasEnded = !closedValues(from)?.includes(left);
  if (hasEnded || order.indexOf(entered) <= order.indexOf(left)) return undefined;
  if (known) known.value = entered;
  else object.states = { key: to, value: entered, next: object.states };
  return left;
}
