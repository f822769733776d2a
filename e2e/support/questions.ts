/** The questions that end-to-end cases ask. */
import type { Backend, Sums, Window } from './backend.ts';
import type { Question } from './case.ts';
import type { JaegerSpan } from './jaeger.ts';
import { pathsOf } from './trace.ts';

/** The sums of a window: exactly these events, with these counts and amounts. */
export function money(window: Window, expected: Sums): Question {
  return { about: 'money', ask: (backend) => backend.moneyOf(window), expected };
}

/** Outcome, reason and the state of each tier's commission. */
export function paymentState(payment: string, ...expected: readonly string[]): Question {
  return { about: 'payment state', ask: (backend) => backend.paymentStateOf(payment), expected };
}

/** Every event of a payment, once, as `payment.created 12000 EUR`. */
export function events(payment: string, ...expected: readonly string[]): Question {
  const ask = async (backend: Backend): Promise<string[]> =>
    (await backend.eventsOfPayment(payment))
      .map(({ event, attributes }) =>
        [event, attributes['money_amount_minor'], attributes['money_currency']].join(' ').trim(),
      )
      .sort();
  return { about: 'events', ask, expected: expected.toSorted() };
}

/** No event of a payment. Combine it with a question about a later input, which shows that everything was delivered. */
export function none(payment: string): Question {
  const ask = async (backend: Backend): Promise<unknown> => backend.eventsOfPayment(payment);
  return { about: `events of ${payment}`, ask, expected: [] };
}

/** Every path in the trace of the event, from the root to a leaf, and how often it occurs. */
export function trace(
  payment: string,
  event: string,
  expected: Readonly<Record<string, number>>,
): Question {
  const ask = async (backend: Backend): Promise<Record<string, number>> =>
    pathsOf(await spansUnder(backend, payment, event));
  return { about: `trace of ${event}`, ask, expected };
}

/** The values of these attributes in the spans of one name in that trace, in the order of their start. */
export function spans(
  payment: string,
  event: string,
  name: string,
  ...expected: readonly Readonly<Record<string, string>>[]
): Question {
  const asked = new Set(expected.flatMap(Object.keys));
  const ask = async (backend: Backend): Promise<object[]> =>
    (await spansUnder(backend, payment, event))
      .filter((span) => span.name === name)
      .toSorted((one, other) => one.startMicros - other.startMicros)
      .map((span) => carried(span, asked));
  return { about: `spans ${name}`, ask, expected };
}

/** The log lines of that trace, with their level. */
export function lines(payment: string, event: string, ...expected: readonly string[]): Question {
  const ask = async (backend: Backend): Promise<string[]> => {
    const seen = await backend.linesOf(await traceIdOf(backend, payment, event));
    return seen.toSorted();
  };
  return { about: `lines of the trace of ${event}`, ask, expected: expected.toSorted() };
}

async function spansUnder(
  backend: Backend,
  payment: string,
  event: string,
): Promise<readonly JaegerSpan[]> {
  return backend.spansOf(await traceIdOf(backend, payment, event));
}

async function traceIdOf(backend: Backend, payment: string, event: string): Promise<string> {
  const events = await backend.eventsOfPayment(payment);
  const traceId = events.find((one) => one.event === event)?.traceId;
  if (traceId === undefined) throw new Error(`no ${event} of ${payment}`);
  return traceId;
}

function carried({ tags, service }: JaegerSpan, asked: ReadonlySet<string>): object {
  const all = { ...tags, service };
  return Object.fromEntries(Object.entries(all).filter(([name]) => asked.has(name)));
}
