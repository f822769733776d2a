import { orZero, ratio } from '../arithmetic.ts';
import { COLOURS } from '../colours.ts';
import { logsLink } from '../links.ts';
import { linesByLevel, linesOf, logLines, maskedLines } from '../logql.ts';
import { metric, outsideMetric } from '../metric.ts';
import { breakdown, logs, type Row, stat, trend } from '../panel.ts';
import { current, rate, total } from '../promql.ts';
import { toFailures } from './service-links.ts';

const recorded = metric('telemetry.recorded');
const exported = metric('telemetry.exported');
const dropped = metric('telemetry.dropped');
/** One is too many. */
const ANY_STEPS = [COLOURS.good, [1, COLOURS.bad]] as const;

/** What the service says. */
export const LOGS: Row = [
  'Logs',
  [
    trend('log-levels', {
      title: 'Lines by level',
      says: 'In each step of the chart.',
      width: 8,
      none: 'No line',
      draw: 'stack',
      lines: [['', linesByLevel()]],
    }),
    logs('problems', {
      title: 'Warnings and errors',
      says: 'The newest; unfold one to go to its trace.',
      width: 16,
      none: 'None',
      query: logLines(['warn', 'error', 'fatal']),
    }),
  ],
];

/** What we know of the telemetry itself: whether the other panels can be believed. */
export const TELEMETRY: Row = [
  'The telemetry itself',
  [
    trend('telemetry', {
      title: 'Made and accepted',
      says: 'Spans, points and lines that the service made and that its endpoint accepted. A gap that stays is a full queue.',
      width: 8,
      none: 'Nothing reported',
      lines: [
        ['made', rate('second', recorded, ['telemetry.signal'])],
        ['accepted', rate('second', exported, ['telemetry.signal'])],
      ],
    }),
    breakdown('telemetry-lost', {
      title: 'Lost by the service',
      says: 'By cause. While it is not zero, every other number here is too low.',
      width: 8,
      none: 'Nothing reported',
      sortBy: 'Lost',
      unit: 'locale',
      lines: [['Lost', total(dropped, ['telemetry.signal', 'telemetry.cause'])]],
      links: toFailures,
    }),
    stat('facts-refused', {
      title: 'Facts refused and altered',
      says: 'Business facts that were refused, values that became something else, and those of them for which an instrument had no series left.',
      width: 8,
      none: 'Nothing reported',
      steps: ANY_STEPS,
      unit: 'locale',
      lines: [
        ['refused', orZero(total(metric('business_events.dropped'), []), total(recorded, []))],
        ['altered', orZero(total(metric('value.coerced'), []), total(recorded, []))],
        [
          'no series left',
          orZero(
            total(metric('value.coerced'), [], { 'drop.reason': 'series_limit' }),
            total(recorded, []),
          ),
        ],
      ],
      links: toFailures,
    }),
    trend('collector-queue', {
      title: 'Collector: queues',
      says: 'Share of each queue that is full. It fills while a backend does not answer; nothing is lost before it is full.',
      width: 8,
      none: 'The Collector does not report',
      max: 1,
      lines: [
        [
          '',
          ratio(
            current(outsideMetric('otelcol_exporter_queue_size'), ['exporter']),
            current(outsideMetric('otelcol_exporter_queue_capacity'), ['exporter']),
          ),
        ],
      ],
    }),
    trend('collector-refused', {
      title: 'Collector: refused',
      says: 'What it did not take for want of memory; the service keeps it and sends it again.',
      width: 8,
      none: 'The Collector does not report',
      lines: [
        ['spans', rate('minute', outsideMetric('otelcol_receiver_refused_spans'), [])],
        ['points', rate('minute', outsideMetric('otelcol_receiver_refused_metric_points'), [])],
        ['lines', rate('minute', outsideMetric('otelcol_receiver_refused_log_records'), [])],
      ],
    }),
    trend('collector-masked', {
      title: 'Collector: lines with a secret',
      says: 'Lines in which a card number, an address or a token was replaced by a hash. Each is a mistake of a service: take it out where it is written.',
      width: 8,
      none: 'Nothing had to be masked',
      lines: [['lines', linesOf(maskedLines())]],
      links: [logsLink('Lines with a secret', maskedLines())],
    }),
  ],
];
