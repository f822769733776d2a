/** Sampling. */
import { ATTRIBUTES, type AttributeName, valuesOf } from '@moneytrail/catalogue';
import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { Filter, SamplingPolicy, TailSampling, Transform } from '../model/processors.ts';

/** The attribute with the reason why a span is kept regardless of its trace: `baseline` or `kept`. */
export const SAMPLED = 'moneytrail.sampled';

/** Duration from which on a span or trace is slow. */
const SLOW_MS = 2000;

/** Outcomes whose traces are not kept for their outcome. All other values of the catalogue are. */
const ALL_IS_WELL: { readonly [Name in AttributeName]?: readonly string[] } = {
  'payment.outcome': ['succeeded'],
  'payout.outcome': ['paid'],
  'refund.status': ['created', 'succeeded'],
  'transfer.status': ['created'],
  'commission.status': ['created', 'processed', 'approved', 'paid'],
  'dispute.stage': ['won', 'inquiry_closed'],
  'webhook.result': ['ok', 'duplicate', 'ignored', 'test_mode'],
};

/** Compares the random part of a trace id (W3C level 2) with the percentage: the same result in every Collector. */
const BASELINE = `ParseInt(Substring(span.trace_id.string, 18, 14), 16) >= (100 - ${ENV.tracePercent}) * 720575940379279.36`;

/** Decisions based on a single span. */
const MARK_SAMPLED: readonly string[] = [
  `set(span.attributes["${SAMPLED}"], "baseline") where ${BASELINE}`,
  `set(span.attributes["${SAMPLED}"], "kept") where span.attributes["${SAMPLED}"] == nil and (${[
    'span.status.code == STATUS_CODE_ERROR',
    'span.attributes["moneytrail.keep"] == true',
    `span.end_time_unix_nano - span.start_time_unix_nano >= ${SLOW_MS}000000`,
  ].join(' or ')})`,
];

/** Marks spans that are kept regardless of their trace. */
export const markKept: Transform = explain(
  { error_mode: 'silent', trace_statements: [{ context: 'span', statements: MARK_SAMPLED }] },
  {
    trace_statements:
      'Decisions based on a single span: the share of traces that is always kept (by the random part of the trace id,\nso that all Collectors decide alike), and spans that fail, are slow, or are marked by the SDK.',
  },
);

/** Sends decided spans to the backend at once, before the sender gets its response, so a crash does not lose them. */
export const onlyDecided: Filter = {
  error_mode: 'ignore',
  traces: { span: [`span.attributes["${SAMPLED}"] == nil`] },
};

/** Removes traces of the baseline, which do not have to wait. */
export const onlyUndecided: Filter = {
  error_mode: 'ignore',
  traces: { span: [`span.attributes["${SAMPLED}"] == "baseline"`] },
};

/** Removes kept spans, which have been sent already. */
export const onlySiblings: Filter = {
  error_mode: 'ignore',
  traces: { span: [`span.attributes["${SAMPLED}"] == "kept"`] },
};

/** Waits for the rest of a trace: one kept span keeps the whole trace. */
export const tailSampling: TailSampling = explain(
  {
    decision_wait: ENV.decisionWait,
    num_traces: 50000,
    block_on_overflow: true,
    decision_cache: { sampled_cache_size: 500000, non_sampled_cache_size: 500000 },
    policies: [
      { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
      { name: 'slow', type: 'latency', latency: { threshold_ms: SLOW_MS } },
      {
        name: 'keep',
        type: 'boolean_attribute',
        boolean_attribute: { key: 'moneytrail.keep', value: true },
      },
      ...Object.entries(ALL_IS_WELL).map(([name, well]) => notWell(name as AttributeName, well)),
    ],
  },
  {
    num_traces: 'About a kilobyte per span.',
    block_on_overflow: 'The default drops undecided traces.',
    decision_cache: 'Late spans follow the decision.',
    policies: 'Any of these keeps the trace: errors, slow and kept spans, and failed outcomes.',
  },
);

function notWell(name: AttributeName, well: readonly string[]): SamplingPolicy {
  const values = (valuesOf(ATTRIBUTES[name]) ?? []).filter((value) => !well.includes(value));
  return { name, type: 'string_attribute', string_attribute: { key: name, values } };
}
