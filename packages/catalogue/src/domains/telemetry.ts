/** The telemetry itself: what was recorded, sent and dropped. */
import { domain } from '../model/domain.ts';

/** The telemetry itself: what was recorded, sent and dropped. */
export const TELEMETRY = domain({
  name: 'telemetry',
  help: 'The telemetry itself: what was recorded, sent and dropped.',
  attributes: {
    'telemetry.signal': {
      kind: 'set',
      help: 'Kind of telemetry.',
      values: { traces: 'Spans.', metrics: 'Metric points.', logs: 'Log records and events.' },
    },
    'telemetry.cause': {
      kind: 'set',
      help: 'Why telemetry was dropped.',
      values: {
        queue_full: 'The queue was full: the endpoint is away or too slow.',
        export_failed: 'The endpoint could not be reached until the time limit.',
        rejected: 'The endpoint rejected these items.',
        too_large: 'One item is larger than a request may be.',
        invalid: 'The item could not be encoded.',
        invalid_response: 'The response did not come from an OTLP receiver.',
        timeout: 'The endpoint did not respond in time.',
        shutdown: 'The process ended before the endpoint responded.',
      },
    },
    'drop.reason': {
      kind: 'set',
      help: 'Why a business event or a measurement was not recorded as it was given.',
      values: {
        unknown_event: 'The catalogue has no event of this name.',
        missing_field: 'A required field was missing.',
        unknown_currency: 'The currency is not one of ISO 4217.',
        negative_amount: 'The amount was negative.',
        fractional_amount: 'The amount was not a whole number of minor units.',
        unsafe_amount: 'The amount exceeds 2^53 - 1 minor units.',
        missing_amount: 'The event needs an amount.',
        invalid_value: 'The value has the wrong type or form.',
        too_long: 'The text was too long.',
        future_time: 'The time was more than five minutes ahead.',
        currency_mismatch: 'A further amount had another currency than the amount of the event.',
        series_limit: 'The instrument had reached its limit of series.',
        unknown_attribute:
          'The instrument has no attribute of this name; the value is recorded without it.',
        unknown_instrument: 'The catalogue has no instrument of this name and kind.',
        conversion: 'A delivery of a provider could not be turned into an event.',
        conflict: 'The event was recorded before with another amount, which is kept.',
        queue_full: 'Too many events waited for the start of the telemetry.',
        internal: 'An error inside the recorder or inside a processor of the service.',
      },
    },
  },
  instruments: {
    business_events: {
      kind: 'counter',
      unit: '{event}',
      help: 'Business events that were recorded.',
      attributes: ['event.name'],
    },
    'business_events.duplicates': {
      kind: 'counter',
      unit: '{event}',
      help: 'Business events that were reported again and recorded once.',
      attributes: ['event.name'],
    },
    'business_events.conflicts': {
      kind: 'counter',
      unit: '{event}',
      help: 'Business events that were recorded before with another amount; the first amount is kept.',
      attributes: ['event.name'],
    },
    'business_events.contradictions': {
      kind: 'counter',
      unit: '{event}',
      help: 'Business events whose final state contradicts the final state that another event reported, such as canceled and succeeded.',
      attributes: ['event.name'],
    },
    'business_events.dropped': {
      kind: 'counter',
      unit: '{event}',
      help: 'Business events and measurements that were rejected, by reason.',
      attributes: ['instrument', 'drop.reason'],
    },
    'value.coerced': {
      kind: 'counter',
      unit: '{value}',
      help: 'Values that were recorded as something else, by reason.',
      attributes: ['instrument', 'drop.reason'],
    },
    'telemetry.recorded': {
      kind: 'counter',
      unit: '{item}',
      help: 'Spans, metric points and log records that the service recorded.',
      attributes: ['telemetry.signal'],
    },
    'telemetry.exported': {
      kind: 'counter',
      unit: '{item}',
      help: 'Spans, metric points and log records that the endpoint accepted.',
      attributes: ['telemetry.signal'],
    },
    'telemetry.dropped': {
      kind: 'counter',
      unit: '{item}',
      help: 'Spans, metric points and log records that were lost, by cause.',
      attributes: ['telemetry.signal', 'telemetry.cause'],
    },
    'telemetry.duplicate_spans': {
      kind: 'counter',
      unit: '{span}',
      help: 'Spans of a second set of instrumentations, which were left out.',
      attributes: [],
    },
    'telemetry.other_sdk': {
      kind: 'gauge',
      unit: '{sdk}',
      help: '1 where another SDK was registered for the signal first, else 0.',
      attributes: ['telemetry.signal'],
    },
  },
});
