import { ATTRIBUTES, type AttributeName, valuesOf } from '@moneytrail/catalogue';
import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { Filter, SamplingPolicy, TailSampling, Transform } from '../model/processors.ts';

/** The attribute that says why a span is kept whatever its siblings do: `baseline` or `kept`. */
export const SAMPLED = 'moneytrail.sampled';

/** From here on a span, or a trace, is slow. */
const SLOW_MS = 2000;

/** Outcomes that need nobody's attention; every other value of the catalogue does. */
const ALL_IS_WELL: { readonly [Name in AttributeName]?: readonly string[] } = {
  'payment.outcome': ['succeeded'],
  'payout.outcome': ['paid'],
  'refund.status': ['created', 'succeeded'],
  'transfer.status': ['created'],
  'commission.status': ['created', 'processed', 'approved', 'paid'],
  'dispute.stage': ['won', 'inquiry_closed'],
  'webhook.result': ['ok', 'duplicate', 'ignored', 'test_mode'],
};

/** The share of a trace id that W3C level 2 makes random, against the percentage: the same answer everywhere. */
const BASELINE = `ParseInt(Substring(span.trace_id.string, 18, 14), 16) >= (100 - ${ENV.tracePercent}) * 720575940379279.36`;

/** Decides what can be decided from one span. */
const MARK_SAMPLED: readonly string[] = [
  `set(span.attributes["${SAMPLED}"], "baseline") where ${BASELINE}`,
  `set(span.attributes["${SAMPLED}"], "kept") where span.attributes["${SAMPLED}"] == nil and (${[
    'span.status.code == STATUS_CODE_ERROR',
    'span.attributes["moneytrail.keep"] == true',
    `span.end_time_unix_nano - span.start_time_unix_nano >= ${SLOW_MS}000000`,
  ].join(' or ')})`,
];

/** Marks what is kept whatever becomes of the rest of its trace. */
export const markKept: Transform = explain(
  { error_mode: 'silent', trace_statements: [{ context: 'span', statements: MARK_SAMPLED }] },
  {
    trace_statements:
      'What one span decides: the share of traces that is always kept (by the random part of the trace id,\nso that every Collector decides alike), and spans that fail, are slow, or are marked by the SDK.',
  },
);

/** Decided spans go straight to the backend, before the sender has its answer: a crash cannot take them. */
export const onlyDecided: Filter = {
  error_mode: 'ignore',
  traces: { span: [`span.attributes["${SAMPLED}"] == nil`] },
};

/** Traces of the baseline need no waiting. */
export const onlyUndecided: Filter = {
  error_mode: 'ignore',
  traces: { span: [`span.attributes["${SAMPLED}"] == "baseline"`] },
};

/** Kept spans have gone already. */
export const onlySiblings: Filter = {
  error_mode: 'ignore',
  traces: { span: [`span.attributes["${SAMPLED}"] == "kept"`] },
};

/** Waits for the rest of a trace: one span that is kept keeps all of them. */
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
    num_traces: 'About a kilobyte a span.',
    block_on_overflow: 'The default throws undecided traces away.',
    decision_cache: 'Spans that come late follow what was decided.',
    policies: 'Any one keeps the trace: errors, slow ones, kept ones, and money that is not well.',
  },
);

function notWell(name: AttributeName, well: readonly string[]): SamplingPolicy {
  const values = (valuesOf(ATTRIBUTES[name]) ?? []).filter((value) => !well.includes(value));
  return { name, type: 'string_attribute', string_attribute: { key: name, values } };
}
