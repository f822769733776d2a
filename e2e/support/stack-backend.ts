/** The real stack as a backend of end-to-end cases. */
import type { Urls } from '../../dev/stack/index.ts';
import { type Backend, type ReceivedEvent, sumsOf, type Window } from './backend.ts';
import { traceOf } from './jaeger.ts';
import { entriesOf, type LokiEntry } from './loki.ts';
import { queryPrometheus } from './prometheus.ts';

/** The cases use payments of the last hour; Loki's queries are split by time. */
const [BACK_MS, AHEAD_MS] = [3_600_000, 600_000];
const EVENTS = '{service_name=~".+"} | event_name=~"moneytrail[.].+"';

/** The real stack: events and lines from Loki, spans from Jaeger, counters from Prometheus. */
export function stackBackend({ loki, jaeger, prometheus }: Urls): Backend {
  // Entries, not metric queries, which count a resent line twice until it is flushed.
  const eventsOf = async ({ fromMs, toMs }: Window): Promise<ReceivedEvent[]> =>
    (await entriesOf(loki, EVENTS, fromMs, toMs)).map(readEvent);
  const eventsOfPayment = async (payment: string): Promise<ReceivedEvent[]> => {
    const query = `${EVENTS} | payment_id="${payment}"`;
    return (await entriesOf(loki, query, ...thisHour())).map(readEvent);
  };
  return {
    settledMs: 3_000,
    moneyOf: async (window) => sumsOf(await eventsOf(window)),
    eventsOf,
    eventsOfPayment,
    paymentStateOf: async (payment) => paymentStateOf(await eventsOfPayment(payment)),
    linesOf: async (traceId) => {
      const query = `{service_name=~".+"} | trace_id="${traceId}" | event_name=""`;
      return (await entriesOf(loki, query, ...thisHour())).map(
        ({ line, labels }) => `${labels['severity_text']?.toUpperCase()} ${line}`,
      );
    },
    spansOf: (traceId) => traceOf(jaeger, traceId),
    seriesOf: (name) => queryPrometheus(prometheus, name),
  };
}

function thisHour(): [fromMs: number, toMs: number] {
  return [Date.now() - BACK_MS, Date.now() + AHEAD_MS];
}

function readEvent({ labels }: LokiEntry): ReceivedEvent {
  return {
    event: (labels['event_name'] ?? '').replace(/^moneytrail\./, ''),
    traceId: labels['trace_id'] ?? '',
    attributes: labels,
  };
}

const OUTCOMES: readonly (readonly [event: string, outcome: string])[] = [
  ['payment.succeeded', 'succeeded'],
  ['payment.fraud_rejected', 'blocked'],
  ['payment.canceled', 'canceled'],
  ['payment.failed', 'declined'],
  ['payment.action_required', 'needs_action'],
  ['payment.created', 'pending'],
];
const STATES = ['created', 'processed', 'approved', 'paid', 'reversed'];

/** Loki has no lifecycles: the event with the highest precedence decides the outcome, the latest state that of a commission. */
function paymentStateOf(events: readonly ReceivedEvent[]): string[] {
  const [event, outcome = ''] =
    OUTCOMES.find(([name]) => events.some((one) => one.event === name)) ?? [];
  if (event === undefined) return [];
  const reason =
    event === 'payment.failed' &&
    events.find((one) => one.event === event)?.attributes['payment_failure_reason'];
  return [outcome, ...(reason ? [reason] : []), ...tiersOf(events)];
}

function tiersOf(events: readonly ReceivedEvent[]): string[] {
  const furthest = new Map<string, number>();
  for (const { event, attributes } of events) {
    const state = STATES.indexOf(event.replace(/^commission\./, ''));
    const { commission_id: id, commission_tier: tier } = attributes;
    if (id === undefined || state < 0) continue;
    const key = `${tier} ${id}`;
    furthest.set(key, Math.max(state, furthest.get(key) ?? 0));
  }
  return [...furthest].map(([key, state]) => `${key.split(' ')[0]} ${STATES[state]}`).sort();
}
