/** Redaction. */
import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { Filter, Redaction, Statements, Transform } from '../model/processors.ts';
import { IGNORED_KEYS } from './known-keys.ts';
import { PLAIN_NAME, SECRET_KEYS, SECRET_VALUES } from './patterns.ts';

/** Replaces cards, accounts, e-mail addresses, tokens and keys by keyed hashes, in any text. */
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
    redact_all_types: 'Also numbers, lists and maps: an integer can contain a card number.',
    hmac_key: 'At least 32 bytes: shorter keys are rejected at startup.',
    summary: 'Counts replacements in redaction.masked.count.',
    blocked_key_patterns:
      'Patterns that start with literal letters are thirty times faster, so there are many of them,\nwithout first letters that may be upper or lower case.',
    ignored_keys: 'Closed values, measured numbers, names of hosts and programs are not searched.',
  },
);

/** Temporary attributes for texts that are not attributes, during redaction. */
const NAME = 'attributes["moneytrail.redaction.name"]';
const MESSAGE = 'attributes["moneytrail.redaction.message"]';
const STATE = 'attributes["moneytrail.redaction.state"]';

/** Copies names and messages to attributes, so that redaction covers them. */
export const textsToAttributes: Transform = explain(
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
    trace_statements: 'Copies names and messages to attributes, so that redaction covers them.',
  },
);

/** Attributes that count values which were not searched. */
const IGNORED = 'redaction.ignored.count';

/** Attributes that count replacements. */
const MASKED = 'redaction.masked.count';

/** The replacement count of span events, on the span for filters. */
const IN_EVENTS = 'redaction.events.masked.count';

/** Moves the temporary attributes back. */
export const textsFromAttributes: Transform = explain(
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
  { trace_statements: 'Moves the texts back.' },
);

/** Keeps only the replacement counts of redaction on logs. */
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

/** Selects spans and logs with replacements. */
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
      'otelcol_processor_outgoing_items of this filter counts spans and logs with a secret: alert on it.',
  },
);

/** Removes the counts of series without a secret, because each label adds a series. */
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
      'Redaction does not read exemplars. They need only the ids of their trace, which are not attributes.',
  },
);

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

/** The condition that nothing was replaced, neither here nor in the resource. */
function nothingIn(context: string, ...counts: readonly string[]): string {
  const places = [`resource.attributes["${MASKED}"]`];
  for (const count of counts) places.push(`${context}.attributes["${count}"]`);
  return places.map((place) => `${place} == nil`).join(' and ');
}
