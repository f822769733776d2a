import { ratio } from '../arithmetic.ts';
import { COLOURS } from '../colours.ts';
import { measurementsOf, metric, outsideMetric } from '../metric.ts';
import { breakdown, type Row, stat, trend } from '../panel.ts';
import { current, quantile, rate, total } from '../promql.ts';
import { toFailures, toTraces } from './service-links.ts';

const calls = outsideMetric('traces.span.metrics.calls');
const duration = outsideMetric('traces.span.metrics.duration');
const answers = measurementsOf(outsideMetric('http.server.request.duration'));
/** Requests that came in. */
const SERVER = { 'span.kind': 'SPAN_KIND_SERVER' } as const;
const FAILED = { ...SERVER, 'status.code': 'STATUS_CODE_ERROR' } as const;
const ERROR_STEPS = [COLOURS.good, [0.01, COLOURS.watch], [0.05, COLOURS.bad]] as const;
const SLOW_STEPS = [COLOURS.good, [0.5, COLOURS.watch], [2, COLOURS.bad]] as const;
/** One is too many. */
const ANY_STEPS = [COLOURS.good, [1, COLOURS.bad]] as const;

/** What the service is asked for, and how it answers. */
export const REQUESTS: Row = [
  'Requests',
  [
    stat('requests', {
      title: 'Requests',
      says: 'Requests that came in, a second, from the spans before any sampling.',
      width: 6,
      none: 'No request',
      lines: [['', rate('second', calls, [], SERVER)]],
      links: toTraces,
    }),
    stat('error-share', {
      title: 'Failed requests',
      says: 'Share of the requests whose span has the status error.',
      width: 6,
      none: 'No request',
      steps: ERROR_STEPS,
      decimals: 2,
      lines: [['', ratio(rate('second', calls, [], FAILED), rate('second', calls, [], SERVER))]],
      links: toFailures,
    }),
    stat('latency', {
      title: 'Duration, 95 of 100',
      says: '95 of 100 requests were answered within this time.',
      width: 6,
      none: 'No request',
      steps: SLOW_STEPS,
      lines: [['', quantile(0.95, duration, [], SERVER)]],
      links: toTraces,
    }),
    stat('unhealthy', {
      title: 'Health checks that complain',
      says: 'Checks that are degraded or unhealthy now.',
      width: 6,
      none: 'No check reports',
      steps: ANY_STEPS,
      lines: [
        [
          '',
          current(metric('health.check.state'), [], {
            'health.status': ['degraded', 'unhealthy'],
          }),
        ],
      ],
      links: toFailures,
    }),
    trend('requests-by-route', {
      title: 'Requests by route',
      says: 'What the service is asked for, a second.',
      width: 8,
      none: 'No request',
      lines: [['', rate('second', calls, ['span.name'], SERVER)]],
      links: toTraces,
    }),
    trend('failures-by-route', {
      title: 'Failed requests by route',
      says: 'Share of the requests of each route whose span has the status error.',
      width: 8,
      none: 'No request',
      max: 1,
      lines: [
        [
          '',
          ratio(
            rate('second', calls, ['span.name'], FAILED),
            rate('second', calls, ['span.name'], SERVER),
          ),
        ],
      ],
      links: toFailures,
    }),
    trend('durations', {
      title: 'Duration of requests',
      says: 'Each point beside the lines is one request: a click opens its trace.',
      width: 8,
      none: 'No request',
      exemplars: true,
      lines: [
        ['half', quantile(0.5, duration, [], SERVER)],
        ['95 of 100', quantile(0.95, duration, [], SERVER)],
        ['99 of 100', quantile(0.99, duration, [], SERVER)],
      ],
      links: toTraces,
    }),
    breakdown('slow-routes', {
      title: 'Slow routes',
      says: 'Slowest first, over the whole time shown.',
      width: 12,
      none: 'No request',
      sortBy: '95 of 100',
      unit: 's',
      lines: [
        ['95 of 100', quantile(0.95, duration, ['span.name'], SERVER, '$__range')],
        ['Half', quantile(0.5, duration, ['span.name'], SERVER, '$__range')],
        ['Requests', total(calls, ['span.name'], SERVER)],
      ],
      links: toTraces,
    }),
    trend('answers', {
      title: 'Answers by status',
      says: 'What callers were told; 402 is a declined card and no failure of the service.',
      width: 12,
      none: 'No request',
      draw: 'stack',
      lines: [['', rate('second', answers, ['http.response.status_code'])]],
      links: toFailures,
    }),
  ],
];
