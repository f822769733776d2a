/** Tests of redaction and of hostile values. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, REDACTED_FIELDS } from '@moneytrail/logs';
import fc from 'fast-check';
import { Lines, startRecords, takeRecords } from './records.ts';

beforeAll(startRecords);
beforeEach(() => void takeRecords());

const SECRET = 'leak-4242';
const lines = new Lines();
const plain = { destination: lines, environment: {}, level: 'trace' };

/** Everything that a call writes and sends, as one string. */
function out(work: (logger: ReturnType<typeof createLogger>) => void): string {
  work(createLogger(plain));
  const sent = takeRecords().map(({ body, attributes }) => ({ body, attributes }));
  const written = lines.take();
  expect([written.length, sent.length]).toEqual([1, 1]);
  return JSON.stringify([written, sent]);
}

class ProviderError extends Error {
  config = { headers: { Authorization: SECRET } };
  clientSecret = SECRET;
}

const secretive = (): object => ({ password: SECRET });

describe('redaction', () => {
  it.each(REDACTED_FIELDS)(
    'hides %s at the top, deep inside, and in a list, in any spelling',
    (field) => {
      const snake = field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`);
      const record = {
        [field]: SECRET,
        [snake.toUpperCase()]: SECRET,
        a: { b: [{ [snake.replaceAll('_', '-')]: { c: SECRET } }] },
      };
      const text = out((logger) => logger.info(record, 'x'));
      expect(text).not.toContain(SECRET);
      expect(text.match(/\[redacted\]/g)?.length).toBe(6);
    },
  );

  it.each<[string, (logger: ReturnType<typeof createLogger>) => void]>([
    ['a child', (logger) => logger.child(secretive()).info('x')],
    ['a child of a child', (logger) => logger.child({}).child({ a: secretive() }).info('x')],
    [
      'fields bound later',
      (logger) => {
        logger.setBindings({ user: secretive() });
        logger.info('x');
      },
    ],
    ['an error', (logger) => logger.error(new ProviderError('x'))],
    ['an error field', (logger) => logger.error({ err: new ProviderError('x') }, 'x')],
    ['an error in another field', (logger) => logger.error({ problem: new ProviderError() }, 'x')],
    ['a cause', (logger) => logger.error(new Error('x', { cause: new ProviderError('y') }))],
    ['an aggregate', (logger) => logger.error(new AggregateError([new ProviderError('y')], 'x'))],
    [
      'a map and a set',
      (logger) => logger.info({ m: new Map([['pin', SECRET]]), s: new Set([secretive()]) }),
    ],
    ['an object with toJSON', (logger) => logger.info({ a: { toJSON: secretive } })],
    [
      'a getter',
      (logger) =>
        logger.info({
          get token() {
            return SECRET;
          },
        }),
    ],
    [
      'an argument of the message',
      (logger) => logger.info('login of %j and %o', secretive(), secretive()),
    ],
    ['an error in the message', (logger) => logger.info('failed: %o', new ProviderError('x'))],
    ['a card number', (logger) => logger.info({ paymentCard: { number: SECRET } })],
    [
      'a field name with a prefix',
      (logger) => logger.info({ stripe_secret: SECRET, receipt_email: SECRET }),
    ],
    ['the raw headers of Node', (logger) => logger.info({ rawHeaders: ['Cookie', SECRET] })],
    ['bytes', (logger) => logger.info({ body: Buffer.from(SECRET) })],
    [
      'the formatters of a child',
      (logger) =>
        logger.child({}, { formatters: { log: secretive, bindings: secretive } }).info('x'),
    ],
    [
      'names added by a child',
      (logger) =>
        logger
          .child({}, { redact: ['user.*.nick'] })
          .child({})
          .info({ user: { first: { nick: SECRET } } }),
    ],
    [
      'names added by a child as an object',
      (logger) => logger.child({ nick: SECRET }, { redact: { paths: ['nick'] } }).info('x'),
    ],
  ])('holds for %s', (_, work) => {
    expect(out(work)).not.toContain(SECRET);
  });

  it('accepts further names, which also apply to children', () => {
    const logger = createLogger({ ...plain, redact: ['nickname'] });
    logger.child({ nickname: SECRET }).info({ a: [{ Nick_Name: SECRET }] }, 'x');
    expect(JSON.stringify([lines.take(), takeRecords()[0]?.attributes])).not.toContain(SECRET);
  });

  it.each([
    ['number', { number: 7 }],
    ['code', { code: 'E_ROUTE' }],
    ['the last four digits', { card: { last4: '4242', brand: 'visa' } }],
    ['the token limit of a model', { maxTokens: 5 }],
    ['ids', { payment: 'pi_1', payment_method: 'card' }],
    ['an absent value', { token: null }],
  ])('does not hide %s', (_, record) => {
    createLogger(plain).info(record, 'x');
    expect(lines.take()[0]).toMatchObject(record);
    expect(takeRecords()[0]?.attributes).toEqual(record);
  });

  it('hides the secret anywhere in generated data', () => {
    const field = fc.constantFrom(...REDACTED_FIELDS);
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('node'), { maxKeys: 3 }),
        fc.dictionary(field, fc.constant(SECRET), { minKeys: 1, maxKeys: 2 }),
      ),
    })).node;
    fc.assert(
      fc.property(tree, tree, (bound, logged) => {
        expect(out((logger) => logger.child({ bound }).info({ logged }, 'x'))).not.toContain(
          SECRET,
        );
      }),
    );
  });
});

describe('a log call', () => {
  const circular: Record<string, unknown> = { name: 'loop' };
  circular['self'] = circular;
  const deep = Array.from({ length: 20_000 }).reduce<object>((inner) => ({ inner }), {});
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = (): never => {
    throw new Error('hostile');
  };
  const hostile: [string, unknown][] = [
    ['a circular object', circular],
    ['20 000 levels', deep],
    ['a revoked proxy', revoked],
    ['a throwing getter', Object.defineProperty({}, 'method', { get: throwing, enumerable: true })],
    ['a throwing message', Object.defineProperty({}, 'msg', { get: throwing, enumerable: true })],
    ['a throwing toJSON', { toJSON: throwing }],
    ['a throwing toString', { toString: throwing, [Symbol.toPrimitive]: throwing }],
    ['a toString that is not a function', { toString: 1 }],
    ['a bigint', { amount: 2n ** 70n }],
    ['numbers that are not finite', { a: Number.NaN, b: Number.POSITIVE_INFINITY }],
    ['an invalid date', { at: new Date(Number.NaN) }],
    ['a symbol', Symbol('s')],
    ['a function', throwing],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 })],
    ['a field __proto__', JSON.parse('{"__proto__":{"a":1}}')],
    ['a field hasOwnProperty', { hasOwnProperty: 1 }],
    ['a lone surrogate', { text: '\uD800' }],
    ['null', null],
    ['undefined', undefined],
    ['a bare bigint', 5n],
    [
      'an error without a readable stack',
      Object.defineProperty(new Error('x'), 'stack', { get: throwing }),
    ],
  ];

  it.each(hostile)('writes one line of JSON when given %s', (_, value) => {
    for (const values of [
      [value],
      [value, 'text'],
      ['text %s %d %j', value, value, value],
      [{ a: value }],
    ]) {
      const logger = createLogger(plain);
      expect(() => Reflect.apply(logger.info, logger, values)).not.toThrow();
      expect([lines.take().length, takeRecords().length]).toEqual([1, 1]);
    }
  });

  it.each(hostile)('survives a child bound to %s', (_, value) => {
    const logger = createLogger(plain);
    for (const bindings of [value, { a: value }]) {
      // Callers without types may bind any value.
      Reflect.apply(logger.child, logger, [bindings]).info('x');
    }
    expect([lines.take().length, takeRecords().length]).toEqual([2, 2]);
  });

  it.each([
    [1_000, 1_000],
    [1_001, 1_000],
  ])('of an array of %i values writes %i', (given, written) => {
    createLogger(plain).info({ list: Array.from({ length: given }, () => 1) }, 'x');
    expect(lines.take()[0]?.['list']).toHaveLength(written);
  });

  it('stays short for a Node request, as the record or in a field', async () => {
    const server = createServer((request, response) => {
      createLogger(plain).info(request, 'x');
      createLogger(plain).info({ request, response }, 'x');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await fetch(`http://127.0.0.1:${port}/`, { headers: { authorization: SECRET } });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(lines.raw.map((line) => line.length < 200_000)).toEqual([true, true]);
    expect(
      JSON.stringify([lines.take(), takeRecords().map(({ attributes }) => attributes)]),
    ).not.toContain(SECRET);
  });

  it('writes large integers exactly', () => {
    createLogger(plain).info({ a: 10n, b: 2n ** 70n }, 'x');
    expect(lines.take()[0]).toMatchObject({ a: 10, b: '1180591620717411303424' });
  });

  it('survives a destination that throws, and still sends the record', () => {
    const destination = {
      write: () => {
        throw new Error('disk full');
      },
    };
    createLogger({ destination, environment: {} }).info('x');
    expect(takeRecords()).toHaveLength(1);
  });

  it('writes one line of JSON for any value', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.anything({
            withBigInt: true,
            withMap: true,
            withSet: true,
            withNullPrototype: true,
            withObjectString: true,
          }),
        ),
        (values) => {
          const logger = createLogger(plain);
          Reflect.apply(logger.info, logger, values);
          expect([lines.take().length, takeRecords().length]).toEqual([1, 1]);
        },
      ),
    );
  });
});
