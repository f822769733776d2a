/** The rows of logs and telemetry. */

import { CATALOGUE } from '@moneytrail/catalogue';
import { EXTERNAL_METRICS, latest, metric, orZero, rate, ratio, total } from '@moneytrail/promql';
import { COLOURS } from '../colours.ts';
import { logsLink } from '../links.ts';
import { linesByLevel, linesOf, logLines, maskedLines } from '../logql.ts';
import { breakdown, logs, type Row, stat, trend } from '../panel.ts';
import { toFailures } from './service-links.ts';

const recorded = metric(CATALOGUE, 'telemetry.recorded');
const exported = metric(CATALOGUE, 'telemetry.exported');
const dropped = metric(CATALOGUE, 'telemetry.dropped');
/** A single one is a problem. */
const ANY_THRESHOLDS = [COLOURS.good, [1, COLOURS.bad]] as const;

/** Log lines. */
export const LOGS: Row = [
  'Logs',
  [
    trend('log-levels', {
      title: 'Log lines by level',
      description: 'Lines in each step of the chart.',
      width: 8,
      noValue: 'No log lines',
      draw: 'stack',
      targets: [['', linesByLevel()]],
    }),
    logs('problems', {
      title: 'Warnings and errors',
      description: 'The newest lines. Expand one to open its trace.',
      width: 16,
      noValue: 'None',
      query: logLines(['warn', 'error', 'fatal']),
    }),
  ],
];

/** Telemetry about the telemetry: whether the other panels are complete. */
export const TELEMETRY: Row = [
  'Telemetry',
  [
    trend('telemetry', {
      title: 'Recorded and accepted',
      description:
        'Spans, metric points and log records that the service recorded, and that its endpoint accepted. A lasting gap means a full queue.',
      width: 8,
      noValue: 'No data',
      targets: [
        ['recorded', rate(recorded, { by: ['telemetry.signal'] })],
        ['accepted', rate(exported, { by: ['telemetry.signal'] })],
      ],
    }),
    breakdown('telemetry-lost', {
      title: 'Dropped by the service',
      description: 'By cause. While it is not zero, the other numbers are too low.',
      width: 8,
      noValue: 'No data',
      sortBy: 'Dropped',
      unit: 'locale',
      targets: [['Dropped', total(dropped, { by: ['telemetry.signal', 'telemetry.cause'] })]],
      links: toFailures,
    }),
    stat('facts-refused', {
      title: 'Rejected and altered events',
      description:
        'Business events that were rejected, values that were replaced, and values that were replaced because an instrument had reached its series limit.',
      width: 8,
      noValue: 'No data',
      thresholds: ANY_THRESHOLDS,
      unit: 'locale',
      targets: [
        ['rejected', orZero(total(metric(CATALOGUE, 'business_events.dropped')), total(recorded))],
        ['altered', orZero(total(metric(CATALOGUE, 'value.coerced')), total(recorded))],
        [
          'series limit',
          orZero(
            total(metric(CATALOGUE, 'value.coerced'), { where: { 'drop.reason': 'series_limit' } }),
            total(recorded),
          ),
        ],
      ],
      links: toFailures,
    }),
    trend('collector-queue', {
      title: 'Collector: queues',
      description:
        'Fill level of each queue. It rises while a backend does not respond; nothing is lost until it is full.',
      width: 8,
      noValue: 'No data from the Collector',
      max: 1,
      targets: [
        [
          '',
          ratio(
            latest(metric(EXTERNAL_METRICS, 'otelcol_exporter_queue_size'), { by: ['exporter'] }),
            latest(metric(EXTERNAL_METRICS, 'otelcol_exporter_queue_capacity'), {
              by: ['exporter'],
            }),
          ),
        ],
      ],
    }),
    trend('collector-refused', {
      title: 'Collector: refused data',
      description:
        'Data that the Collector refused because its memory was full. The service keeps the data and sends it again.',
      width: 8,
      noValue: 'No data from the Collector',
      targets: [
        [
          'spans',
          rate(metric(EXTERNAL_METRICS, 'otelcol_receiver_refused_spans'), { per: 'minute' }),
        ],
        [
          'points',
          rate(metric(EXTERNAL_METRICS, 'otelcol_receiver_refused_metric_points'), {
            per: 'minute',
          }),
        ],
        [
          'log records',
          rate(metric(EXTERNAL_METRICS, 'otelcol_receiver_refused_log_records'), { per: 'minute' }),
        ],
      ],
    }),
    trend('collector-masked', {
      title: 'Collector: log lines with a secret',
      description:
        'Lines in which a card number, an e-mail address or a token was replaced by a hash. Fix the code that logs it.',
      width: 8,
      noValue: 'No masked lines',
      targets: [['lines', linesOf(maskedLines())]],
      links: [logsLink('Log lines with a secret', maskedLines())],
    }),
  ],
];
