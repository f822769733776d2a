import { closedValues, type InstrumentDefinition } from '@moneytrail/catalogue';
import type { Fact } from './fact.ts';
import { Memory } from './memory.ts';

const states: Memory<string> = new Memory();
const BEFORE_ALL = 'none';

/**
 * The state that an object leaves by this fact, or `undefined` when it leaves none: it has ended, or the fact is late news
 * of an earlier state. States follow each other in the order of their closed values.
 */
export function leftState(
  fact: Fact,
  { of, from, to }: NonNullable<InstrumentDefinition['change']>,
  entered: string | undefined,
): string | undefined {
  const order = closedValues(to) ?? [];
  const object = `${to}/${fact.attributes['payment.provider']}/${fact.attributes[of]}`;
  const left = states.get(object) ?? BEFORE_ALL;
  const hasEnded = !closedValues(from)?.includes(left);
  if (entered === undefined || fact.attributes[of] === undefined || hasEnded) return undefined;
  if (order.indexOf(entered) <= order.indexOf(left)) return undefined;
  states.set(object, entered);
  return left;
}
