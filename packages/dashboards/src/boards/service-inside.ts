/** The rows of dependencies and of the process. */
import {
  EXTERNAL_METRICS,
  latest,
  max,
  measurementsOf,
  metric,
  quantile,
  rate,
  sumOf,
  total,
} from '@moneytrail/promql';
import { breakdown, type Row, trend } from '../panel.ts';
import { toFailures, toTraces } from './service-links.ts';

const statements = metric(EXTERNAL_METRICS, 'db.client.operation.duration');
const outside = metric(EXTERNAL_METRICS, 'http.client.request.duration');
const heap = metric(EXTERNAL_METRICS, 'v8js.memory.heap.used');
/** Responses that are not successful. */
const REFUSED = { 'http.response.status_code': /[45]../ } as const;

/** Databases and other services. */
export const WAITS: Row = [
  'Dependencies',
  [
    trend('statements', {
      title: 'Database: p95 statement duration',
      description:
        'By operation. When all rise, check the server and the pool; when one rises, check its queries.',
      width: 8,
      noValue: 'No statements',
      targets: [['', quantile(0.95, statements, { by: ['db.operation.name'] })]],
      links: toTraces,
    }),
    trend('pool', {
      title: 'Database: connections',
      description:
        'When requests wait and no connection is idle, the pool is too small or a transaction is held too long.',
      width: 8,
      noValue: 'No connection pool',
      targets: [
        [
          '',
          latest(metric(EXTERNAL_METRICS, 'db.client.connection.count'), {
            by: ['db.client.connection.state'],
          }),
        ],
        ['waiting', latest(metric(EXTERNAL_METRICS, 'db.client.connection.pending_requests'))],
      ],
      links: toTraces,
    }),
    trend('outside', {
      title: 'Outgoing calls: p95 duration',
      description: 'By host, measured in this service.',
      width: 8,
      noValue: 'No calls',
      targets: [['', quantile(0.95, outside, { by: ['server.address'] })]],
      links: toTraces,
    }),
    breakdown('outside-table', {
      title: 'Outgoing calls',
      description:
        'Calls per host, and responses with a 4xx or 5xx status. Providers respond with 402 to a declined card.',
      width: 24,
      noValue: 'No calls',
      sortBy: 'Calls',
      unit: 'locale',
      targets: [
        ['Calls', total(measurementsOf(outside), { by: ['server.address'] })],
        ['Failed', total(measurementsOf(outside), { by: ['server.address'], where: REFUSED })],
      ],
      links: toFailures,
    }),
  ],
];

/** The Node.js process. */
export const NODE: Row = [
  'Node.js',
  [
    trend('event-loop', {
      title: 'Event loop utilization',
      description: 'Near 100% responses are late: find the code that computes, or add processes.',
      width: 6,
      noValue: 'No data',
      max: 1,
      targets: [
        [
          '',
          max(metric(EXTERNAL_METRICS, 'nodejs.eventloop.utilization'), {
            by: ['service.instance.id'],
          }),
        ],
      ],
    }),
    trend('event-loop-delay', {
      title: 'Event loop: p99 delay',
      description: 'How late timers fire. Every request waits while code blocks the loop.',
      width: 6,
      noValue: 'No data',
      targets: [
        [
          '',
          max(metric(EXTERNAL_METRICS, 'nodejs.eventloop.delay.p99'), {
            by: ['service.instance.id'],
          }),
        ],
      ],
    }),
    trend('heap', {
      title: 'Heap',
      description: 'Memory that keeps rising from one collection to the next is a leak.',
      width: 6,
      noValue: 'No data',
      targets: [
        ['used', latest(heap)],
        ['reserved', latest(metric(EXTERNAL_METRICS, 'v8js.memory.heap.space.size'))],
      ],
    }),
    trend('garbage', {
      title: 'Garbage collection: share of time',
      description: 'By type. Major collections stop the process.',
      width: 6,
      noValue: 'No collections',
      targets: [
        ['', rate(sumOf(metric(EXTERNAL_METRICS, 'v8js.gc.duration')), { by: ['v8js.gc.type'] })],
      ],
    }),
  ],
];
