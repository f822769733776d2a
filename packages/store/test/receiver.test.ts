import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Drops, LogRow, PaymentPage, Store } from '@moneytrail/store';
import {
  cleanUp,
  counter,
  eventRecord,
  gauge,
  get,
  line,
  logsRequest,
  metricsRequest,
  NOW_MS,
  nanos,
  point,
  post,
  postBytes,
  span,
  start,
  TRACE,
  tracesRequest,
} from './support.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const PROTOBUF = { 'content-type': 'application/x-protobuf' };
const MEGABYTE = 1024 * 1024;

let store: Store;
beforeAll(async () => {
  store = await start();
});
afterAll(cleanUp);

/** Fields of a message, written by hand: a test of the reader must not use the table of the reader. */
function message(...fields: readonly (readonly [number, Uint8Array | string])[]): Uint8Array {
  return Buffer.concat(
    fields.map(([number, value]) => {
      const bytes = Buffer.from(value as string);
      return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
    }),
  );
}

function varint(value: number): Uint8Array {
  return value < 128
    ? Uint8Array.of(value)
    : Buffer.concat([Uint8Array.of((value % 128) + 128), varint(Math.floor(value / 128))]);
}

function fixed64(number: number, value: bigint): Uint8Array {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(number * 8 + 1);
  bytes.writeBigUInt64LE(value, 1);
  return bytes;
}

const pair = (key: string, value: Uint8Array) => message([1, key], [2, value]);
const protobufResource = message([1, pair('service.name', message([1, 'by-hand']))]);

function protobufLog(body: string, atNano = BigInt(NOW_MS) * 1_000_000n): Uint8Array {
  const record = Buffer.concat([
    fixed64(1, atNano),
    message([5, message([1, body])], [9, Buffer.from(TRACE, 'hex')]),
  ]);
  return message([1, message([1, protobufResource], [2, message([2, record])])]);
}

describe('the OTLP receiver', () => {
  it.each([
    ['JSON', JSON_TYPE, (body: string) => JSON.stringify(logsRequest([line(body)]))],
    [
      'JSON with a charset',
      { 'content-type': 'Application/JSON; charset=utf-8' },
      (body: string) => JSON.stringify(logsRequest([line(body)])),
    ],
    ['protobuf', PROTOBUF, (body: string) => protobufLog(body)],
    [
      'gzip',
      { ...PROTOBUF, 'content-encoding': 'gzip' },
      (body: string) => gzipSync(protobufLog(body)),
    ],
    [
      'deflate',
      { ...PROTOBUF, 'content-encoding': 'deflate' },
      (body: string) => deflateSync(protobufLog(body)),
    ],
    [
      'identity',
      { ...PROTOBUF, 'content-encoding': 'identity' },
      (body: string) => protobufLog(body),
    ],
  ])('accepts %s', async (name, headers, encode) => {
    const response = await postBytes(store, '/v1/logs', encode(`line in ${name}`), headers);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(
      name.startsWith('JSON') ? 'application/json' : 'application/x-protobuf',
    );
    const found = await get<LogRow[]>(
      store,
      `/api/logs?q=${encodeURIComponent(`line in ${name}`)}`,
    );
    expect(found.json.map((row) => row.body)).toContain(`line in ${name}`);
  });

  it.each([
    ['no content type', '/v1/logs', '{}', {}, 415, 'unsupported_media_type'],
    [
      'a beacon of text',
      '/v1/logs',
      '{}',
      { 'content-type': 'text/plain' },
      415,
      'unsupported_media_type',
    ],
    [
      'an unknown encoding',
      '/v1/logs',
      '{}',
      { ...JSON_TYPE, 'content-encoding': 'br' },
      415,
      'unsupported_encoding',
    ],
    [
      'the name of a member of every object',
      '/v1/logs',
      '{}',
      { ...JSON_TYPE, 'content-encoding': 'constructor' },
      415,
      'unsupported_encoding',
    ],
    [
      'bytes that are not gzip',
      '/v1/logs',
      'hello',
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      400,
      'malformed',
    ],
    [
      'gzip that is cut off',
      '/v1/logs',
      gzipSync('{"resourceLogs":[]}').subarray(0, 20),
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      400,
      'malformed',
    ],
    ['JSON that is cut off', '/v1/traces', '{"resourceSpans":[', JSON_TYPE, 400, 'malformed'],
    ['an empty body of JSON', '/v1/traces', '', JSON_TYPE, 400, 'malformed'],
    ['JSON that is not an object', '/v1/metrics', '[]', JSON_TYPE, 400, 'malformed'],
    [
      'invalid UTF-8',
      '/v1/logs',
      Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d),
      JSON_TYPE,
      400,
      'malformed',
    ],
    ['a text for a list', '/v1/logs', '{"resourceLogs":"x"}', JSON_TYPE, 400, 'malformed'],
    ['a number for an object', '/v1/logs', '{"resourceLogs":[7]}', JSON_TYPE, 400, 'malformed'],
    [
      'protobuf of a wrong wire type',
      '/v1/logs',
      Uint8Array.of(0x0d, 1, 2, 3, 4, 0x0a, 0xff),
      PROTOBUF,
      400,
      'malformed',
    ],
    ['random bytes', '/v1/traces', Buffer.from('f0'.repeat(64), 'hex'), PROTOBUF, 400, 'malformed'],
  ])('rejects %s', async (_, path, body, headers, status, code) => {
    const response = await postBytes(store, path, body, headers);
    expect(response.status).toBe(status);
    expect(response.text).toContain(`${code}:`);
    const { drops } = (await get<Drops>(store, '/api/drops')).json;
    expect(drops).toContainEqual(
      expect.objectContaining({ signal: path.slice(4), cause: code, by: 'store' }),
    );
  });

  it('responds to a malformed request with google.rpc.Status in the encoding of the request', async () => {
    const json = await postBytes(store, '/v1/logs', '{', JSON_TYPE);
    expect(json.json).toEqual({ code: 3, message: expect.stringMatching(/^malformed: /) });
    const protobuf = await postBytes(store, '/v1/logs', Uint8Array.of(0x0a), PROTOBUF);
    expect(protobuf.headers.get('content-type')).toBe('application/x-protobuf');
    expect(Buffer.from(protobuf.text).subarray(0, 3)).toEqual(Buffer.of(0x08, 3, 0x12));
  });

  it('rejects protobuf that is truncated at any byte, and stores nothing of it', async () => {
    const whole = protobufLog('whole');
    const statuses = new Set<number>();
    for (let length = 1; length < whole.length; length += 1) {
      statuses.add(
        (await postBytes(store, '/v1/logs', protobufLog('cut off').subarray(0, length), PROTOBUF))
          .status,
      );
    }
    expect([...statuses]).toEqual([400]);
    expect((await get<LogRow[]>(store, '/api/logs?q=cut')).json).toEqual([]);
    expect((await postBytes(store, '/v1/logs', new Uint8Array(), PROTOBUF)).status).toBe(200);
  });

  it.each([
    [31, {}],
    [32, {}],
    [33, { partialSuccess: { rejectedLogRecords: '1', errorMessage: '1 malformed_record' } }],
  ])('responds to values nested %s deep with %j', async (depth, expected) => {
    let value: unknown = { stringValue: 'deep' };
    for (let level = 0; level < depth; level += 1) value = { arrayValue: { values: [value] } };
    const record = line('nested', { attributes: [{ key: 'deep', value }] });
    expect((await post(store, '/v1/logs', logsRequest([record]))).json).toEqual(expected);
  });

  it('survives JSON nested a hundred thousand deep', async () => {
    const deep = `{"resourceLogs":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await postBytes(store, '/v1/logs', deep, JSON_TYPE)).status).toBe(400);
  });

  it('stops reading a body at 8 MB and inflating at 20 MB', async () => {
    const padded = (bytes: number): string => `{"resourceLogs":[]${' '.repeat(bytes - 19)}}`;
    const sizes = [
      [padded(8 * MEGABYTE), JSON_TYPE, 200],
      [padded(8 * MEGABYTE + 1), JSON_TYPE, 413],
      [gzipSync(padded(20 * MEGABYTE)), { ...JSON_TYPE, 'content-encoding': 'gzip' }, 200],
      [gzipSync(padded(20 * MEGABYTE + 1)), { ...JSON_TYPE, 'content-encoding': 'gzip' }, 413],
    ] as const;
    for (const [body, headers, status] of sizes) {
      expect((await postBytes(store, '/v1/logs', body, headers)).status).toBe(status);
    }
    const { drops } = (await get<Drops>(store, '/api/drops')).json;
    expect(drops).toContainEqual(
      expect.objectContaining({ signal: 'logs', cause: 'too_large', count: 2 }),
    );
  });

  it('survives a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(300 * MEGABYTE));
    const response = await postBytes(store, '/v1/traces', bomb, {
      ...PROTOBUF,
      'content-encoding': 'gzip',
    });
    expect(response.status).toBe(413);
    expect((await get(store, '/api/status')).status).toBe(200);
  });
});

describe('single records that cannot be stored', () => {
  const histogram = (more: object) => ({
    name: 'h',
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [{ timeUnixNano: nanos(NOW_MS), count: '1', sum: 1, ...more }],
    },
  });
  it.each([
    [
      '/v1/traces',
      'a trace id of zeros',
      tracesRequest([span({ traceId: '0'.repeat(32) })]),
      'invalid_id',
      'rejectedSpans',
    ],
    [
      '/v1/traces',
      'a short span id',
      tracesRequest([span({ spanId: '00f067aa0ba902' })]),
      'invalid_id',
      'rejectedSpans',
    ],
    [
      '/v1/traces',
      'a parent id that is not hex',
      tracesRequest([span({ parentSpanId: 'zzf067aa0ba902b7' })]),
      'invalid_id',
      'rejectedSpans',
    ],
    [
      '/v1/traces',
      'no start',
      tracesRequest([span({ startTimeUnixNano: '0' })]),
      'invalid_time',
      'rejectedSpans',
    ],
    [
      '/v1/traces',
      'an end before the start',
      tracesRequest([span({ endTimeUnixNano: nanos(NOW_MS - 1) })]),
      'invalid_time',
      'rejectedSpans',
    ],
    [
      '/v1/logs',
      'a time after 2255',
      logsRequest([line('x', { timeUnixNano: '9007199254740992000' })]),
      'invalid_time',
      'rejectedLogRecords',
    ],
    [
      '/v1/logs',
      'an unknown currency',
      logsRequest([eventRecord({ event: 'payment.succeeded', minor: 1, currency: 'ZZZ' })]),
      'unknown_currency',
      'rejectedLogRecords',
    ],
    [
      '/v1/logs',
      'a currency in lower case',
      logsRequest([eventRecord({ event: 'payment.succeeded', minor: 1, currency: 'eur' })]),
      'unknown_currency',
      'rejectedLogRecords',
    ],
    [
      '/v1/logs',
      'a negative amount',
      logsRequest([eventRecord({ event: 'payment.succeeded', minor: -1 })]),
      'negative_amount',
      'rejectedLogRecords',
    ],
    [
      '/v1/logs',
      'a fractional amount',
      logsRequest([eventRecord({ event: 'payment.succeeded', minor: 19.99 })]),
      'fractional_amount',
      'rejectedLogRecords',
    ],
    [
      '/v1/logs',
      'an amount of 2^53',
      logsRequest([eventRecord({ event: 'payment.succeeded', minor: 2 ** 53 })]),
      'unsafe_amount',
      'rejectedLogRecords',
    ],
    [
      '/v1/logs',
      'a text for an amount',
      logsRequest([eventRecord({ event: 'payment.succeeded', minor: '19' })]),
      'unsafe_amount',
      'rejectedLogRecords',
    ],
    [
      '/v1/logs',
      'a negative fee',
      logsRequest([
        eventRecord({
          event: 'payment.succeeded',
          minor: 1,
          more: { 'platform_fee.amount_minor': -1 },
        }),
      ]),
      'negative_amount',
      'rejectedLogRecords',
    ],
    [
      '/v1/traces',
      'a number for a name',
      tracesRequest([span({ name: 7 })]),
      'malformed_record',
      'rejectedSpans',
    ],
    [
      '/v1/traces',
      'a kind that is not a 32-bit number',
      tracesRequest([span({ kind: '99999999999999999999' })]),
      'malformed_record',
      'rejectedSpans',
    ],
    [
      '/v1/traces',
      'a status just above 32 bits',
      tracesRequest([span({ status: { code: 2 ** 31 } })]),
      'malformed_record',
      'rejectedSpans',
    ],
    [
      '/v1/logs',
      'a fraction for nanoseconds',
      logsRequest([{ timeUnixNano: 1.5 }]),
      'malformed_record',
      'rejectedLogRecords',
    ],
    [
      '/v1/metrics',
      'a word for a count',
      metricsRequest([histogram({ count: 'many' })]),
      'malformed_record',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'a number for the name of a metric',
      metricsRequest([{ ...Object(gauge('g', [point(1)])), name: 7 }]),
      'malformed_record',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'deltas',
      metricsRequest([
        {
          name: 'c',
          sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [point(1)] },
        },
      ]),
      'delta_temporality',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'exponential histograms',
      metricsRequest([
        {
          name: 'e',
          exponentialHistogram: { aggregationTemporality: 2, dataPoints: [{ count: '1' }] },
        },
      ]),
      'unsupported_metric',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'summaries',
      metricsRequest([{ name: 's', summary: { dataPoints: [{ count: '1' }] } }]),
      'unsupported_metric',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'a value that is not a number',
      metricsRequest([gauge('g', [{ ...Object(point(1)), asDouble: 'NaN' }])]),
      'invalid_value',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'a point without a value',
      metricsRequest([gauge('g', [{ timeUnixNano: nanos(NOW_MS) }])]),
      'invalid_value',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'a point without a time',
      metricsRequest([counter('c', [{ asInt: '1' }])]),
      'invalid_time',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'buckets that do not fit the bounds',
      metricsRequest([histogram({ bucketCounts: ['1'], explicitBounds: [1] })]),
      'invalid_value',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'a count of 2^53',
      metricsRequest([histogram({ count: String(2 ** 53) })]),
      'invalid_value',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'a negative bucket',
      metricsRequest([histogram({ bucketCounts: ['-1', '2'], explicitBounds: [1] })]),
      'invalid_value',
      'rejectedDataPoints',
    ],
    [
      '/v1/metrics',
      'a bound that is endless',
      metricsRequest([histogram({ bucketCounts: ['1', '0'], explicitBounds: ['Infinity'] })]),
      'invalid_value',
      'rejectedDataPoints',
    ],
  ])(
    '%s refuses %s, says so, counts it and keeps the rest',
    async (path, _, request, cause, field) => {
      const own = await start();
      const response = await post(own, path, request);
      expect(response.status).toBe(200);
      expect(response.json).toEqual({
        partialSuccess: { [field]: '1', errorMessage: `1 ${cause}` },
      });
      const { drops } = (await get<Drops>(own, '/api/drops')).json;
      expect(drops).toEqual([
        expect.objectContaining({ signal: path.slice(4), cause, by: 'store', count: 1 }),
      ]);
      expect((await get(own, '/api/money')).json).toEqual([]);
      expect((await get(own, '/api/payments')).json).toEqual({ payments: [] });
      await own.close();
    },
  );

  it('keeps the good records next to a bad one', async () => {
    const response = await post(
      store,
      '/v1/logs',
      logsRequest([
        eventRecord({
          event: 'payment.succeeded',
          id: 'good',
          minor: 2 ** 53 - 1,
          currency: 'SEK',
        }),
        eventRecord({ event: 'payment.succeeded', id: 'bad', minor: -1, currency: 'SEK' }),
      ]),
    );
    expect(response.json.partialSuccess?.['rejectedLogRecords']).toBe('1');
    expect((await get(store, '/api/money')).json).toContainEqual({
      event: 'payment.succeeded',
      currency: 'SEK',
      count: 1,
      amount_minor: '9007199254740991',
    });
  });

  it('distinguishes events whose ids are maps or numbers, and identifies their objects by these values', async () => {
    const own = await start();
    const map = (value: number): unknown => ({
      kvlistValue: { values: [{ key: 'n', value: { intValue: value } }] },
    });
    const events = [map(1), map(2), { intValue: 3 }].map((id, index) => ({
      ...Object(eventRecord({ event: 'payment.succeeded' })),
      attributes: [
        { key: 'moneytrail.event.id', value: id },
        { key: 'payment.id', value: id },
        { key: 'money.amount_minor', value: { intValue: 10 ** index } },
        { key: 'money.currency', value: { stringValue: 'EUR' } },
      ],
    }));
    for (const _ of 'ab') await post(own, '/v1/logs', logsRequest(events));
    expect((await get(own, '/api/money')).json).toEqual([
      { event: 'payment.succeeded', currency: 'EUR', count: 3, amount_minor: '111' },
    ]);
    const { payments } = (await get<PaymentPage>(own, '/api/payments')).json;
    expect(payments.map(({ id }) => id).sort()).toEqual(['3', '{"n":1}', '{"n":2}']);
  });

  it('keeps a line with an invalid trace id, without the id', async () => {
    await post(store, '/v1/logs', logsRequest([line('broken id', { traceId: 'abc' })]));
    const [row] = (await get<LogRow[]>(store, '/api/logs?q=broken')).json;
    expect(row?.trace_id).toBeUndefined();
  });

  it('keeps 64-bit integers, bytes, lists and special numbers of attributes readable', async () => {
    const values = [
      ['long', { intValue: '9223372036854775807' }],
      ['bytes', { bytesValue: 'AQI=' }],
      ['nan', { doubleValue: 'NaN' }],
      ['list', { arrayValue: { values: [{ boolValue: false }, { intValue: 0 }, {}] } }],
      ['map', { kvlistValue: { values: [{ key: '__proto__', value: { stringValue: 'x' } }] } }],
    ].map(([key, value]) => ({ key, value }));
    await post(store, '/v1/logs', logsRequest([line('odd values', { attributes: values })]));
    const [row] = (await get<LogRow[]>(store, '/api/logs?q=odd')).json;
    expect(JSON.stringify(row?.attributes)).toBe(
      '{"long":"9223372036854775807","bytes":"AQI=","nan":"NaN","list":[false,0,null],"map":{"__proto__":"x"}}',
    );
  });
});
