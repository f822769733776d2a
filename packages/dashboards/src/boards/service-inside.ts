import { measurementsOf, outsideMetric, sumOf } from '../metric.ts';
import { breakdown, type Row, trend } from '../panel.ts';
import { current, highest, quantile, rate, total } from '../promql.ts';
import { toFailures, toTraces } from './service-links.ts';

const statements = outsideMetric('db.client.operation.duration');
const outside = outsideMetric('http.client.request.duration');
const heap = outsideMetric('v8js.memory.heap.used');
/** Answers of the others that are no success. */
const REFUSED = { 'http.response.status_code': /[45]../ } as const;

/** What the service waits for. */
export const WAITS: Row = [
  'What it waits for',
  [
    trend('statements', {
      title: 'Database: duration of a statement, 95 of 100',
      says: 'By operation. All of them growing is the server or the pool; one of them is a query.',
      width: 8,
      none: 'No statement',
      lines: [['', quantile(0.95, statements, ['db.operation.name'], {})]],
      links: toTraces,
    }),
    trend('pool', {
      title: 'Database: connections',
      says: 'Requests that wait for a connection while none is idle: the pool is too small, or a transaction is held too long.',
      width: 8,
      none: 'No pool reports',
      lines: [
        ['', current(outsideMetric('db.client.connection.count'), ['db.client.connection.state'])],
        ['waiting', current(outsideMetric('db.client.connection.pending_requests'), [])],
      ],
      links: toTraces,
    }),
    trend('outside', {
      title: 'Calls to others: duration, 95 of 100',
      says: 'By host, as this service saw it.',
      width: 8,
      none: 'No call',
      lines: [['', quantile(0.95, outside, ['server.address'], {})]],
      links: toTraces,
    }),
    breakdown('outside-table', {
      title: 'Calls to others',
      says: 'Every host that was called, and what it refused; providers answer 402 where a card is declined.',
      width: 24,
      none: 'No call',
      sortBy: 'Calls',
      unit: 'locale',
      lines: [
        ['Calls', total(measurementsOf(outside), ['server.address'])],
        ['Refused', total(measurementsOf(outside), ['server.address'], REFUSED)],
      ],
      links: toFailures,
    }),
  ],
];

/** The process. */
export const NODE: Row = [
  'Node.js',
  [
    trend('event-loop', {
      title: 'Event loop: share of the time at work',
      says: 'Near 100 % the process answers nobody in time: find what computes, or add processes.',
      width: 6,
      none: 'Nothing reported',
      max: 1,
      lines: [
        ['', highest(outsideMetric('nodejs.eventloop.utilization'), ['service.instance.id'])],
      ],
    }),
    trend('event-loop-delay', {
      title: 'Event loop: delay, 99 of 100',
      says: 'How late timers come. Work that blocks the loop makes every request wait as long.',
      width: 6,
      none: 'Nothing reported',
      lines: [['', highest(outsideMetric('nodejs.eventloop.delay.p99'), ['service.instance.id'])]],
    }),
    trend('heap', {
      title: 'Heap',
      says: 'A line that only rises from one collection to the next is a leak.',
      width: 6,
      none: 'Nothing reported',
      lines: [
        ['used', current(heap, [])],
        ['reserved', current(outsideMetric('v8js.memory.heap.space.size'), [])],
      ],
    }),
    trend('garbage', {
      title: 'Garbage collection: share of the time',
      says: 'By kind; major collections stop everything.',
      width: 6,
      none: 'No collection',
      lines: [['', rate('second', sumOf(outsideMetric('v8js.gc.duration')), ['v8js.gc.type'])]],
    }),
  ],
];
