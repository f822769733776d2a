/** The row of requests. */

import { CATALOGUE } from '@moneytrail/catalogue';
import {
  EXTERNAL_METRICS,
  latest,
  measurementsOf,
  metric,
  quantile,
  rate,
  ratio,
  total,
} from '@moneytrail/promql';
import { COLOURS } from '../colours.ts';
import { breakdown, type Row, stat, trend } from '../panel.ts';
import { toFailures, toTraces } from './service-links.ts';

const calls = metric(EXTERNAL_METRICS, 'traces.span.metrics.calls');
const duration = metric(EXTERNAL_METRICS, 'traces.span.metrics.duration');
const answers = measurementsOf(metric(EXTERNAL_METRICS, 'http.server.request.duration'));
/** Incoming requests. */
const SERVER = { 'span.kind': 'SPAN_KIND_SERVER' } as const;
const FAILED = { ...SERVER, 'status.code': 'STATUS_CODE_ERROR' } as const;
const ERROR_THRESHOLDS = [COLOURS.good, [0.01, COLOURS.watch], [0.05, COLOURS.bad]] as const;
const SLOW_THRESHOLDS = [COLOURS.good, [0.5, COLOURS.watch], [2, COLOURS.bad]] as const;
/** A single one is a problem. */
const ANY_THRESHOLDS = [COLOURS.good, [1, COLOURS.bad]] as const;

/** Incoming requests: rate, failures and duration. */
export const REQUESTS: Row = [
  'Requests',
  [
    stat('requests', {
      title: 'Request rate',
      description: 'Incoming requests per second, counted from spans before sampling.',
      width: 6,
      noValue: 'No requests',
      targets: [['', rate(calls, { where: SERVER })]],
      links: toTraces,
    }),
    stat('error-share', {
      title: 'Failed requests',
      description: 'Share of requests whose span has the status error.',
      width: 6,
      noValue: 'No requests',
      thresholds: ERROR_THRESHOLDS,
      decimals: 2,
      targets: [['', ratio(rate(calls, { where: FAILED }), rate(calls, { where: SERVER }))]],
      links: toFailures,
    }),
    stat('latency', {
      title: 'p95 duration',
      description: '95% of requests finished within this time.',
      width: 6,
      noValue: 'No requests',
      thresholds: SLOW_THRESHOLDS,
      targets: [['', quantile(0.95, duration, { where: SERVER })]],
      links: toTraces,
    }),
    stat('unhealthy', {
      title: 'Failing health checks',
      description: 'Checks that are degraded or unhealthy at the moment.',
      width: 6,
      noValue: 'No health checks',
      thresholds: ANY_THRESHOLDS,
      targets: [
        [
          '',
          latest(metric(CATALOGUE, 'health.check.state'), {
            where: {
              'health.status': ['degraded', 'unhealthy'],
            },
          }),
        ],
      ],
      links: toFailures,
    }),
    trend('requests-by-route', {
      title: 'Requests by route',
      description: 'Requests per second.',
      width: 8,
      noValue: 'No requests',
      targets: [['', rate(calls, { by: ['span.name'], where: SERVER })]],
      links: toTraces,
    }),
    trend('failures-by-route', {
      title: 'Failed requests by route',
      description: 'Share of requests per route whose span has the status error.',
      width: 8,
      noValue: 'No requests',
      max: 1,
      targets: [
        [
          '',
          ratio(
            rate(calls, { by: ['span.name'], where: FAILED }),
            rate(calls, { by: ['span.name'], where: SERVER }),
          ),
        ],
      ],
      links: toFailures,
    }),
    trend('durations', {
      title: 'Request duration',
      description: 'Each point is one request: a click opens its trace.',
      width: 8,
      noValue: 'No requests',
      exemplars: true,
      targets: [
        ['p50', quantile(0.5, duration, { where: SERVER })],
        ['p95', quantile(0.95, duration, { where: SERVER })],
        ['p99', quantile(0.99, duration, { where: SERVER })],
      ],
      links: toTraces,
    }),
    breakdown('slow-routes', {
      title: 'Slowest routes',
      description: 'Slowest first, over the selected time range.',
      width: 12,
      noValue: 'No requests',
      sortBy: 'p95',
      unit: 's',
      targets: [
        ['p95', quantile(0.95, duration, { by: ['span.name'], where: SERVER, over: 'period' })],
        ['p50', quantile(0.5, duration, { by: ['span.name'], where: SERVER, over: 'period' })],
        ['Requests', total(calls, { by: ['span.name'], where: SERVER })],
      ],
      links: toTraces,
    }),
    trend('answers', {
      title: 'Responses by status',
      description:
        'Status codes of responses. 402 is a declined card, not a failure of the service.',
      width: 12,
      noValue: 'No requests',
      draw: 'stack',
      targets: [['', rate(answers, { by: ['http.response.status_code'] })]],
      links: toFailures,
    }),
  ],
];
