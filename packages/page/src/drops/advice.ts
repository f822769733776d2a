/** What a loss means and what to do about it, by its cause. */

/** What to do where the cause is not known here. */
const ANY = 'Look at the log of the service around that time: it names each loss once.';

const ADVICE: Readonly<Record<string, string>> = {
  queue_full:
    'More was recorded than could be sent. Send larger batches, or check whether the endpoint responds slowly.',
  export_failed:
    'The endpoint could not be reached. Check OTEL_EXPORTER_OTLP_ENDPOINT and that something listens there.',
  rejected: 'The endpoint refused the data. Its response is in the log of the service.',
  timeout:
    'The endpoint did not answer in time. Look at its load, or raise OTEL_EXPORTER_OTLP_TIMEOUT.',
  shutdown:
    'The process ended before everything was sent. Give it the two seconds that an orderly end takes.',
  invalid:
    'A record could not be encoded, or its name belongs to another metric. The log of the service says which.',
  invalid_response:
    'The address belongs to something other than an OTLP receiver. Check OTEL_EXPORTER_OTLP_ENDPOINT.',
  too_long: 'A text was cut at 16,384 characters. Record less of it, or a reference to it.',
  conflict:
    'One object was reported with two amounts; the first one counts. Compare both events with the provider.',
  malformed:
    'The sender speaks no valid OTLP. Look at its exporter and its version; sending it again does not help.',
  completed:
    'A fact came without its amount first and has it now. Nothing to do; the payment counts once, with the amount.',
  malformed_record:
    'A record in a request had a field of the wrong type; the others were kept. Look at what made it.',
  too_large:
    'A request was above 8 MB, 20 MB inflated, or held too many records. Export smaller batches.',
  unsupported_media_type:
    'The sender speaks another protocol. Use OTLP over HTTP, in protobuf or JSON.',
  unsupported_encoding: 'The request was packed in another way. Use gzip or none.',
  store_full: 'The disk of the store is full. Free some space; exporters try again by themselves.',
  store_busy:
    'Another process held the file of the store. End it; exporters try again by themselves.',
  store_unwritable:
    'The file of the store could not be written. Look for a quota, a limit of file size or a fault of the disk.',
  store_damaged:
    'The file of the store is damaged. Move its folder away and start again; a copy may still be read.',
  overloaded:
    'More requests arrived at once than the store holds in memory. Exporters try again by themselves.',
  damaged:
    'A row of the file of the store cannot be read in part. The rest is shown; look at the disk.',
  invalid_id: 'A span had no valid trace id or span id. Look at what made it.',
  invalid_time: 'A record had no time, or ended before it began. Look at the clock of the machine.',
  delta_temporality:
    'The store reads cumulative metrics. Set OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE to cumulative.',
  unsupported_metric:
    'Exponential histograms and summaries are not read. Send histograms with explicit buckets.',
  series_limit:
    'There were more series than the bound, although instances that ended made room. Look for a metric with an id among its attributes.',
  unknown_event: 'The event is not in the catalogue. Check its name for a typing error.',
  missing_field: 'A required field was not given. The types of the call name it.',
  missing_amount: 'The event needs an amount and had none. Pass `amount: money(…)`.',
  unknown_currency: 'The currency is not in ISO 4217. Check its code for a typing error.',
  negative_amount:
    'The amount was below zero. A refund is an event of its own, not a negative payment.',
  fractional_amount: 'The amount had a fraction of a minor unit. Pass a bigint of minor units.',
  unsafe_amount: 'The amount was too large for a number. Pass a bigint of minor units.',
  invalid_value: 'A value was not one of those allowed. docs/events.md lists them.',
  future_time: 'The event was dated in the future. Check the clock of the machine.',
  currency_mismatch:
    'Two amounts of one event had different currencies. An event has one currency.',
  unknown_instrument: 'The instrument is not in the catalogue. Check its name for a typing error.',
  conversion:
    'An amount of a provider could not be turned into minor units exactly. Its currency says how many there are.',
  internal: 'Moneytrail itself failed; the log of the service says where. Please report it.',
  retention:
    'It was older than what the store keeps. Nothing to do; a longer time or more space keeps more.',
};

/** The next step for a cause. */
export function adviceFor(cause: string): string {
  return ADVICE[cause] ?? ANY;
}
