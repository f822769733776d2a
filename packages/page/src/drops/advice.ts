/** The meaning of each drop cause, and what to do about it. */

/** Advice for a cause without an entry. */
const ANY = 'Check the log of the service around that time: each kind of loss is logged once.';

const ADVICE: Readonly<Record<string, string>> = {
  queue_full:
    'Data was recorded faster than it could be sent. Increase the batch size, or check whether the endpoint is slow.',
  export_failed:
    'The endpoint could not be reached. Check OTEL_EXPORTER_OTLP_ENDPOINT and that a receiver is listening there.',
  rejected: 'The endpoint rejected the data. Its response is in the log of the service.',
  timeout:
    'The endpoint did not respond in time. Check its load, or increase OTEL_EXPORTER_OTLP_TIMEOUT.',
  shutdown:
    'The process ended before everything was sent. Allow two seconds for a graceful shutdown.',
  invalid:
    'A record could not be encoded, or another metric has the same name. The log of the service has the details.',
  invalid_response:
    'The response did not come from an OTLP receiver. Check OTEL_EXPORTER_OTLP_ENDPOINT.',
  too_long:
    'A string was truncated at 16,384 characters. Record a shorter one, or a reference to it.',
  conflict:
    'Two events report different amounts for one object; the first one counts. Check the amount at the provider.',
  malformed:
    'The request is not valid OTLP. Check the exporter of the sender and its version; a retry does not help.',
  completed:
    'An event first arrived without its amount and has it now. No action needed: it counts once, with the amount.',
  malformed_record:
    'A record in a request had a field of the wrong type; the other records were stored. Check the code that created it.',
  too_large:
    'A request exceeded 8 MB (20 MB uncompressed) or the limit of records. Export smaller batches.',
  unsupported_media_type:
    'The content type is not supported. Use OTLP over HTTP, as protobuf or JSON.',
  unsupported_encoding: 'The compression is not supported. Use gzip or none.',
  store_full: 'The disk of the store is full. Free some space; exporters retry automatically.',
  store_busy:
    'Another process held a lock on the database file. Stop it; exporters retry automatically.',
  store_unwritable:
    'The database file could not be written. Check quotas, file size limits and the disk.',
  store_damaged:
    'The database file is damaged. Move its folder away and restart; a copy may still be readable.',
  overloaded:
    'More requests arrived at once than the store can hold in memory. Exporters retry automatically.',
  damaged: 'Part of a row in the database cannot be read. The rest is shown; check the disk.',
  invalid_id: 'A span did not have a valid trace id and span id. Check the code that created it.',
  invalid_time: 'A record had no time, or ended before it started. Check the clock of the machine.',
  delta_temporality:
    'The store accepts cumulative metrics only. Set OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE to cumulative.',
  unsupported_metric:
    'Exponential histograms and summaries are not supported. Send histograms with explicit buckets.',
  series_limit:
    'The limit of series was reached, even after series of ended instances were removed. Look for a metric that has an id as an attribute.',
  unknown_event: 'The event is not in the catalogue. Check its name for a typo.',
  missing_field: 'A required field was missing. The types of the call list the required fields.',
  missing_amount: 'The event requires an amount and had none. Pass `amount: money(…)`.',
  unknown_currency: 'The currency is not in ISO 4217. Check its code for a typo.',
  negative_amount:
    'The amount was negative. Record a refund as a refund event, not as a negative payment.',
  fractional_amount: 'The amount had a fraction of a minor unit. Pass a bigint of minor units.',
  unsafe_amount: 'The amount was too large for a number. Pass a bigint of minor units.',
  invalid_value: 'A value was not one of the allowed values. docs/events.md lists them.',
  future_time: 'The time of the event was in the future. Check the clock of the machine.',
  currency_mismatch:
    'Two amounts of one event had different currencies. All amounts of an event must have the same currency.',
  unknown_attribute:
    'A call passed an attribute that the instrument does not have. Check its name for a typo; docs/metrics.md lists the attributes.',
  unknown_instrument: 'The instrument is not in the catalogue. Check its name for a typo.',
  conversion:
    'An amount from a provider could not be converted to minor units exactly. Check it against the decimals of its currency.',
  internal:
    'An internal error in Moneytrail. Please report it with the entry from the log of the service.',
  retention:
    'Older than the retention of the store. No action needed; to keep more, increase the retention time or size.',
};

/** What to do about a cause. */
export function adviceFor(cause: string): string {
  return ADVICE[cause] ?? ANY;
}
