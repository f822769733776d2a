import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { Filter, Redaction, Statements, Transform } from '../model/processors.ts';
import { IGNORED_KEYS } from './known-keys.ts';
import { PLAIN_NAME, SECRET_KEYS, SECRET_VALUES } from './patterns.ts';

/** Cards, accounts, e-mail addresses, tokens and keys become keyed hashes wherever a text can hold them. */
export const redaction: Redaction = explain(
  {
    allow_all_keys: true,
    redact_all_types: true,
    hash_function: 'hmac-sha256',
    hmac_key: ENV.hmacKey,
    summary: 'info',
    blocked_key_patterns: SECRET_KEYS,
    blocked_values: SECRET_VALUES,
    ignored_keys: IGNORED_KEYS,
  },
  {
    redact_all_types: 'Numbers, lists and maps, too: a card number fits into an integer.',
    hmac_key: 'At least 32 bytes: a shorter key is refused at start.',
    summary: 'Counts what was replaced in redaction.masked.count.',
    blocked_key_patterns:
      'Patterns that begin with plain letters are found thirty times faster: hence so many, without\nfirst letters that may be large or small.',
    ignored_keys:
      'Closed values, measured numbers, names of hosts and programs: nothing to search.',
  },
);

/** Where texts that are no attributes wait while attributes are redacted. */
const NAME = 'attributes["moneytrail.redaction.name"]';
const MESSAGE = 'attributes["moneytrail.redaction.message"]';
const STATE = 'attributes["moneytrail.redaction.state"]';

/** Names and messages become attributes, so that one search covers them, too. */
export const liftTexts: Transform = explain(
  {
    error_mode: 'silent',
    trace_statements: [
      {
        context: 'span',
        statements: [
          `set(span.${NAME}, span.name) where not IsMatch(span.name, "${PLAIN_NAME}")`,
          `set(span.${MESSAGE}, span.status.message) where span.status.message != ""`,
          `set(span.${STATE}, span.trace_state) where span.trace_state != ""`,
        ],
      },
      {
        context: 'spanevent',
        statements: [
          `set(spanevent.${NAME}, spanevent.name) where not IsMatch(spanevent.name, "${PLAIN_NAME}")`,
        ],
      },
    ],
  },
  {
    trace_statements: 'Names and messages become attributes, so that one search covers them, too.',
  },
);

/** Counts of what was passed unread: an attribute more on every span. */
const IGNORED = 'redaction.ignored.count';

/** Counts of what was replaced. */
const MASKED = 'redaction.masked.count';

/** What redaction counts in the events of a span, where a filter of spans can see it. */
const IN_EVENTS = 'redaction.events.masked.count';

/** Puts them back. */
export const lowerTexts: Transform = explain(
  {
    error_mode: 'silent',
    trace_statements: [
      { context: 'resource', statements: [withoutNoise('resource')] },
      { context: 'scope', statements: [withoutNoise('scope')] },
      { context: 'span', ...back('span', 'name', NAME) },
      { context: 'span', ...back('span', 'status.message', MESSAGE) },
      { context: 'span', ...back('span', 'trace_state', STATE) },
      { context: 'span', statements: [withoutNoise('span')] },
      { context: 'spanevent', ...back('spanevent', 'name', NAME) },
      {
        context: 'spanevent',
        statements: [
          withoutNoise('spanevent'),
          `set(span.attributes["${IN_EVENTS}"], spanevent.attributes["${MASKED}"]) where spanevent.attributes["${MASKED}"] != nil`,
        ],
      },
    ],
  },
  { trace_statements: 'Texts back to their places.' },
);

/** What redaction says about logs, reduced to what was replaced. */
export const tidyLogs: Transform = {
  error_mode: 'silent',
  log_statements: [
    { context: 'resource', statements: [withoutNoise('resource')] },
    { context: 'scope', statements: [withoutNoise('scope')] },
    {
      context: 'log',
      statements: [
        withoutNoise('log'),
        'delete_key(log.attributes, "redaction.body.ignored.count")',
      ],
    },
  ],
};

/** Spans and logs in which something was replaced. */
export const onlyMasked: Filter = explain(
  {
    error_mode: 'ignore',
    traces: {
      span: [nothingIn('span', MASKED, IN_EVENTS)],
    },
    logs: {
      log_record: [nothingIn('log', MASKED, 'redaction.body.masked.count')],
    },
  },
  {
    traces:
      'otelcol_processor_outgoing_items of this filter counts spans and logs that held a secret: alert on it.',
  },
);

/** A label more is a series more: only the series that held a secret keeps its mark. */
export const tidyMetrics: Transform = explain(
  {
    error_mode: 'silent',
    metric_statements: [
      { context: 'resource', statements: [withoutNoise('resource')] },
      { context: 'scope', statements: [withoutNoise('scope')] },
      { context: 'datapoint', statements: [withoutNoise('datapoint')] },
      { context: 'exemplar', statements: ['keep_keys(exemplar.filtered_attributes, [])'] },
    ],
  },
  {
    metric_statements:
      'Redaction does not read exemplars. They need the ids of their trace, which are no attributes.',
  },
);

/** Nothing was replaced: neither here nor in the resource. */
function nothingIn(context: string, ...counts: readonly string[]): string {
  const places = [`resource.attributes["${MASKED}"]`];
  for (const count of counts) places.push(`${context}.attributes["${count}"]`);
  return places.map((place) => `${place} == nil`).join(' and ');
}

function withoutNoise(context: string): string {
  return `delete_key(${context}.attributes, "${IGNORED}")`;
}

function back(
  context: string,
  field: string,
  place: string,
): Pick<Statements, 'conditions' | 'statements'> {
  const key = place.slice(place.indexOf('"'), -1);
  return {
    conditions: [`${context}.${place} != nil`],
    statements: [
      `set(${context}.${field}, ${context}.${place})`,
      `delete_key(${context}.attributes, ${key})`,
    ],
  };
}
