import type { Urls } from '../../dev/stack/index.ts';
import { type Backend, type Fact, sumsOf, type Window } from './backend.ts';
import { traceOf } from './jaeger.ts';
import { entriesOf, type LokiEntry } from './loki.ts';
import { queryPrometheus } from './prometheus.ts';

/** The payments of the cases are of this hour, and Loki answers for every hour apart. */
const [BACK_MS, AHEAD_MS] = [3_600_000, 600_000];
const FACTS = '{service_name=~".+"} | event_name=~"moneytrail[.].+"';

/** The real stack: events and lines from Loki, spans from Jaeger, counters from Prometheus. */
export function stackBackend({ loki, jaeger, prometheus }: Urls): Backend {
  // Entries, not metric queries: those count a line that came again twice until it is flushed.
  const factsOf = async ({ fromMs, toMs }: Window): Promise<Fact[]> =>
    (await entriesOf(loki, FACTS, fromMs, toMs)).map(readFact);
  const factsOfPayment = async (payment: string): Promise<Fact[]> => {
    const query = `${FACTS} | payment_id="${payment}"`;
    return (await entriesOf(loki, query, ...thisHour())).map(readFact);
  };
  return {
    settledMs: 3_000,
    moneyOf: async (window) => sumsOf(await factsOf(window)),
    factsOf,
    factsOfPayment,
    storyOf: async (payment) => storyOf(await factsOfPayment(payment)),
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

function readFact({ labels }: LokiEntry): Fact {
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

/** Loki folds nothing: the strongest fact says how a payment ended, the furthest one where a commission is. */
function storyOf(facts: readonly Fact[]): string[] {
  const [event, outcome = ''] =
    OUTCOMES.find(([name]) => facts.some((fact) => fact.event === name)) ?? [];
  if (event === undefined) return [];
  const reason =
    event === 'payment.failed' &&
    facts.find((fact) => fact.event === event)?.attributes['payment_failure_reason'];
  return [outcome, ...(reason ? [reason] : []), ...tiersOf(facts)];
}

function tiersOf(facts: readonly Fact[]): string[] {
  const furthest = new Map<string, number>();
  for (const { event, attributes } of facts) {
    const state = STATES.indexOf(event.replace(/^commission\./, ''));
    const { commission_id: id, commission_tier: tier } = attributes;
    if (id === undefined || state < 0) continue;
    const key = `${tier} ${id}`;
    furthest.set(key, Math.max(state, furthest.get(key) ?? 0));
  }
  return [...furthest].map(([key, state]) => `${key.split(' ')[0]} ${STATES[state]}`).sort();
}
