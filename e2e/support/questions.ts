import type { Backend, Sums, Window } from './backend.ts';
import type { Question } from './case.ts';
import type { JaegerSpan } from './jaeger.ts';
import { waysOf } from './trace.ts';

/** The money of a window: exactly these events, this often, to the minor unit. */
export function money(window: Window, answer: Sums): Question {
  return { about: 'money', ask: (backend) => backend.moneyOf(window), answer };
}

/** Outcome, reason and the state of each tier's commission. */
export function story(payment: string, ...answer: readonly string[]): Question {
  return { about: 'story', ask: (backend) => backend.storyOf(payment), answer };
}

/** Every event of a payment, once, as `payment.created 12000 EUR`. */
export function events(payment: string, ...answer: readonly string[]): Question {
  const ask = async (backend: Backend): Promise<string[]> =>
    (await backend.factsOfPayment(payment))
      .map(({ event, attributes }) =>
        [event, attributes['money_amount_minor'], attributes['money_currency']].join(' ').trim(),
      )
      .sort();
  return { about: 'events', ask, answer: answer.toSorted() };
}

/** No event of a payment. Ask for something that was told later beside it, which shows that nothing is on its way. */
export function none(payment: string): Question {
  const ask = async (backend: Backend): Promise<unknown> => backend.factsOfPayment(payment);
  return { about: `events of ${payment}`, ask, answer: [] };
}

/** Every way through the trace in which the event was told, from its root to its leaves, and how often it is gone. */
export function trace(
  payment: string,
  event: string,
  answer: Readonly<Record<string, number>>,
): Question {
  const ask = async (backend: Backend): Promise<Record<string, number>> =>
    waysOf(await spansUnder(backend, payment, event));
  return { about: `trace of ${event}`, ask, answer };
}

/** What the spans of one name in that trace carry of these attributes, in the order of their starts. */
export function spans(
  payment: string,
  event: string,
  name: string,
  ...answer: readonly Readonly<Record<string, string>>[]
): Question {
  const asked = new Set(answer.flatMap(Object.keys));
  const ask = async (backend: Backend): Promise<object[]> =>
    (await spansUnder(backend, payment, event))
      .filter((span) => span.name === name)
      .toSorted((one, other) => one.startMicros - other.startMicros)
      .map((span) => carried(span, asked));
  return { about: `spans ${name}`, ask, answer };
}

/** The log lines of that trace, each behind its level. */
export function lines(payment: string, event: string, ...answer: readonly string[]): Question {
  const ask = async (backend: Backend): Promise<string[]> => {
    const seen = await backend.linesOf(await traceIdOf(backend, payment, event));
    return seen.toSorted();
  };
  return { about: `lines beside ${event}`, ask, answer: answer.toSorted() };
}

async function spansUnder(
  backend: Backend,
  payment: string,
  event: string,
): Promise<readonly JaegerSpan[]> {
  return backend.spansOf(await traceIdOf(backend, payment, event));
}

async function traceIdOf(backend: Backend, payment: string, event: string): Promise<string> {
  const facts = await backend.factsOfPayment(payment);
  const traceId = facts.find((fact) => fact.event === event)?.traceId;
  if (traceId === undefined) throw new Error(`no ${event} of ${payment}`);
  return traceId;
}

function carried({ tags, service }: JaegerSpan, asked: ReadonlySet<string>): object {
  const all = { ...tags, service };
  return Object.fromEntries(Object.entries(all).filter(([name]) => asked.has(name)));
}
