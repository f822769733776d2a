/** All public calls, each with one place for a hostile value. */
import {
  addMoney,
  defineCatalogue,
  formatMoney,
  money,
  moneyFromProvider,
  moneyProblem,
  moneyToProvider,
  parseMoney,
} from '@moneytrail/catalogue';
import {
  createHealth,
  dependencyCheck,
  diskCheck,
  eventLoopDelayCheck,
  memoryCheck,
} from '@moneytrail/health';
import { createLogger } from '@moneytrail/logs';
import * as metrics from '@moneytrail/metrics';
import * as promql from '@moneytrail/promql';
import { createWebhook, webhookHandler } from '@moneytrail/providers';
import { stripe } from '@moneytrail/providers/stripe';
import { startTelemetry } from '@moneytrail/telemetry';
import * as tracing from '@moneytrail/tracing';

/** Functions without types, as in JavaScript. */
type Untyped = Record<string, (...values: unknown[]) => unknown>;

/** A call with a title, and whether it may throw an error with a code. */
export interface Call {
  readonly title: string;
  readonly mayThrow: boolean;
  readonly run: (value: unknown) => unknown;
}

const amount = money(1999n, 'EUR');
const payment = { provider: 'stripe', id: 'pi_1', amount };
const FACT_FIELDS = [
  'provider',
  'id',
  'amount',
  'at',
  'method',
  'purpose',
  'platformFee',
  'durationSeconds',
];

const untyped = (functions: object): Untyped => functions as Untyped;
const recorders: Record<string, Untyped> = Object.fromEntries(
  Object.entries(metrics)
    .filter(([, one]) => typeof one === 'object')
    .map(([name, one]) => [name, untyped(Object(one))]),
);

/** The calls of a handle: with a hostile name, hostile attributes, and a hostile value. */
function bound(kind: string, name: string, method: string): [string, Call['run']][] {
  const handle = (given: unknown, attributes: unknown): Untyped => {
    const bindable = untyped(Object(untyped(metrics)[kind]?.(given)));
    return untyped(Object(bindable['with']?.(attributes)));
  };
  return [
    [`${kind}(…)`, (value) => handle(value, {})[method]?.(1)],
    [`${kind}(name).with(…)`, (value) => handle(name, value)[method]?.(1)],
    [`${kind}(name).with({ job })`, (value) => handle(name, { 'job.name': value })[method]?.(1)],
    [`${kind}(name).with({}).${method}(…)`, (value) => handle(name, {})[method]?.(value)],
  ];
}

function recording(): [string, Call['run']][] {
  const { track, count, setGauge, recordValue, eventLost, setServiceName } = untyped(metrics);
  const typed = Object.entries(recorders).flatMap(([group, calls]) =>
    Object.entries(calls).flatMap(([name, call]): [string, Call['run']][] => [
      [`${group}.${name}(…)`, (value) => call(value)],
      [`${group}.${name}({ id })`, (value) => call({ ...payment, id: value })],
      [`${group}.${name}({ amount })`, (value) => call({ ...payment, amount: value })],
    ]),
  );
  return [
    ...typed,
    ['track(…)', (value) => track?.(value)],
    ['track({ event })', (value) => track?.({ ...payment, event: value })],
    ...FACT_FIELDS.map((field): [string, Call['run']] => [
      `track({ ${field} })`,
      (value) => track?.({ event: 'payment.succeeded', ...payment, [field]: value }),
    ]),
    [
      'track({ amount: { minor } })',
      (value) => track?.({ event: 'payout.created', amount: { minor: value, currency: 'EUR' } }),
    ],
    [
      'track({ amount: { currency } })',
      (value) => track?.({ event: 'payout.created', amount: { minor: 1n, currency: value } }),
    ],
    ['count(…)', (value) => count?.(value, {})],
    ['count(name, …)', (value) => count?.('job.runs', value)],
    ['count(name, { job })', (value) => count?.('job.runs', { 'job.name': value })],
    [
      'count(name, {}, …)',
      (value) => count?.('job.runs', { 'job.name': 'a', 'job.outcome': 'failed' }, value),
    ],
    ...bound('counter', 'job.runs', 'add'),
    ...bound('gauge', 'commission.pending', 'set'),
    ...bound('histogram', 'job.duration', 'record'),
    ['setGauge(…)', (value) => setGauge?.(value, 1, {})],
    ['setGauge(name, …)', (value) => setGauge?.('commission.pending', value, {})],
    ['setGauge(name, 1, …)', (value) => setGauge?.('commission.pending', 1, value)],
    ['recordValue(…)', (value) => recordValue?.(value, 1, {})],
    ['recordValue(name, …)', (value) => recordValue?.('job.duration', value, { 'job.name': 'a' })],
    ['recordValue(name, 1, …)', (value) => recordValue?.('job.duration', 1, value)],
    ['eventLost(…)', (value) => eventLost?.(value)],
    ['setServiceName(…)', (value) => setServiceName?.(value)],
  ];
}

function spans(): [string, Call['run']][] {
  const { traced, addAttributes, recordEvent } = untyped(tracing);
  const work = (): number => 1;
  const wrappers = [
    'tracePayment',
    'traceCommission',
    'tracePayout',
    'traceDatabase',
    'traceExternal',
  ];
  const inSpan =
    (run: Call['run']): Call['run'] =>
    (value) =>
      traced?.('around', () => run(value));
  return [
    ['traced(…, work)', (value) => traced?.(value, work)],
    ['traced(name, …, work)', (value) => traced?.('name', value, work)],
    ['traced(name, { a }, work)', (value) => traced?.('name', { a: value }, work)],
    [
      'traced(name, work that returns it)',
      (value) =>
        isSame(
          traced?.('name', () => value),
          value,
        ),
    ],
    ['traced(name, async work)', (value) => traced?.('name', async () => [value])],
    ['addAttributes(…)', inSpan((value) => addAttributes?.(value))],
    ['addAttributes({ a })', inSpan((value) => addAttributes?.({ a: value }))],
    ['recordEvent(…)', inSpan((value) => recordEvent?.(value))],
    ['recordEvent(name, …)', inSpan((value) => recordEvent?.('name', value))],
    ['recordEvent(name, { a })', inSpan((value) => recordEvent?.('name', { a: value }))],
    ...wrappers.flatMap((name): [string, Call['run']][] => {
      const wrap = untyped(tracing)[name];
      return [
        [`${name}(…, work)`, (value) => wrap?.(value, work)],
        [
          `${name}({ amount }, work)`,
          (value) => wrap?.({ id: value, amount: value, system: value, address: value }, work),
        ],
        [
          `${name}(fields, work that returns it)`,
          (value) =>
            isSame(
              wrap?.({}, () => value),
              value,
            ),
        ],
      ];
    }),
  ];
}

function isSame(given: unknown, wanted: unknown): void {
  if (!Object.is(given, wanted)) throw new Error('another value came back');
}

function lines(): [string, Call['run']][] {
  const logger = untyped(createLogger({ destination: { write: () => true } }));
  const { info, child, setBindings } = logger;
  const log = (...values: unknown[]): unknown => Reflect.apply(info ?? (() => {}), logger, values);
  const made = (...values: unknown[]): unknown => {
    const one = untyped(Object(Reflect.apply(child ?? (() => {}), logger, values)));
    return one['info']?.('from the child');
  };
  return [
    ['info(…)', (value) => log(value)],
    ['info(…, text)', (value) => log(value, 'text')],
    ['info(text, …)', (value) => log('%s %d %o %j', value, value, value, value)],
    ['info({ a })', (value) => log({ a: value })],
    ['info({ err })', (value) => log({ err: value })],
    ['info({ list })', (value) => log({ list: [value, { deep: value }] })],
    ['child(…)', (value) => made(value)],
    ['child({ a })', (value) => made({ a: value })],
    ['child({}, …)', (value) => made({}, value)],
    ['child({}, { level })', (value) => made({}, { level: value })],
    ['child({}, { redact })', (value) => made({}, { redact: value })],
    ['child({}, { serializers })', (value) => made({}, { serializers: value })],
    ['child({}, { serializers: { a } })', (value) => made({ a: 1 }, { serializers: { a: value } })],
    ['setBindings(…)', (value) => Reflect.apply(setBindings ?? (() => {}), logger, [value])],
  ];
}

function webhooks(): [string, Call['run']][] {
  const webhook = untyped(createWebhook(stripe({ secret: 'whsec_hostile' })));
  const headers = { 'stripe-signature': `t=1,v1=${'0'.repeat(64)}` };
  return [
    ['handle(…, headers)', (value) => webhook['handle']?.(value, headers)],
    ['handle(body, …)', (value) => webhook['handle']?.('{}', value)],
    [
      'handle(body, { signature })',
      (value) => webhook['handle']?.('{}', { 'stripe-signature': value }),
    ],
    ['process(…, headers)', (value) => webhook['process']?.(value, headers)],
    ['process(body, …)', (value) => webhook['process']?.('{}', value)],
  ];
}

function creations(): [string, Call['run']][] {
  const create = untyped({ createLogger, createHealth, createWebhook, stripe, webhookHandler });
  const checks = untyped({ dependencyCheck, diskCheck, eventLoopDelayCheck, memoryCheck });
  return [
    ...Object.entries({ ...create, ...checks }).map(([name, call]): [string, Call['run']] => [
      `${name}(…)`,
      (value) => call(value),
    ]),
    ['startTelemetry(…)', (value) => untyped({ startTelemetry })['startTelemetry']?.(value)],
    [
      'startTelemetry({ serviceName })',
      (value) => untyped({ startTelemetry })['startTelemetry']?.({ serviceName: value }),
    ],
    ...['level', 'name', 'redact', 'destination', 'serviceName', 'environment'].map(
      (option): [string, Call['run']] => [
        `createLogger({ ${option} })`,
        (value) =>
          create['createLogger']?.({ destination: { write: () => true }, [option]: value }),
      ],
    ),
    ...['secret', 'toleranceSeconds', 'now'].map((option): [string, Call['run']] => [
      `stripe({ ${option} })`,
      (value) => create['stripe']?.({ secret: 'whsec_x', [option]: value }),
    ]),
    ...catalogues(),
    ...queries(),
    ['createHealth({ readiness })', (value) => create['createHealth']?.({ readiness: value })],
    [
      'createHealth({ readiness: [it] })',
      (value) => create['createHealth']?.({ readiness: [value] }),
    ],
  ];
}

/** A catalogue with a hostile value at each level. */
function catalogues(): [string, Call['run']][] {
  const define = untyped({ defineCatalogue })['defineCatalogue'];
  const counter = { kind: 'counter', unit: '1', help: '', attributes: [] };
  const sold = { help: '', severity: 'INFO', identity: [] };
  const parts: Readonly<Record<string, (value: unknown) => object>> = {
    prefix: (value) => ({ prefix: value }),
    events: (value) => ({ events: value }),
    identity: (value) => ({ events: { 'order.sold': { ...sold, identity: value } } }),
    required: (value) => ({ events: { 'order.sold': { ...sold, required: value } } }),
    attributes: (value) => ({ instruments: { orders: { ...counter, attributes: value } } }),
    buckets: (value) => ({
      instruments: { orders: { ...counter, kind: 'histogram', buckets: value } },
    }),
    on: (value) => ({ instruments: { orders: { ...counter, on: value } } }),
    values: (value) => ({ attributes: { 'order.kind': { kind: 'set', help: '', values: value } } }),
    states: (value) => ({
      lifecycles: { order: { help: '', id: 'payment.id', states: value, final: [], on: {} } },
    }),
  };
  return [
    ['defineCatalogue(…)', (value) => define?.(value)],
    ...Object.entries(parts).map(([name, made]): [string, Call['run']] => [
      `defineCatalogue({ ${name} })`,
      (value) => define?.({ prefix: 'hostile', ...made(value) }),
    ]),
  ];
}

function queries(): [string, Call['run']][] {
  const { metric, rate } = untyped(promql);
  const calls = metric?.(promql.EXTERNAL_METRICS, 'traces.span.metrics.calls');
  return [
    ['metric(source, …)', (value) => metric?.(promql.EXTERNAL_METRICS, value)],
    ['rate(metric, { by })', (value) => rate?.(calls, { by: [value] })],
    ['rate(metric, { where })', (value) => rate?.(calls, { where: { 'span.name': value } })],
    ['text(query, …)', (value) => untyped(promql)['text']?.(rate?.(calls), value)],
  ];
}

function arithmetic(): [string, Call['run']][] {
  const free = untyped({ addMoney, formatMoney, moneyFromProvider, moneyToProvider, parseMoney });
  const { addMoney: add, formatMoney: format, parseMoney: parse } = free;
  const { moneyFromProvider: from, moneyToProvider: to } = free;
  return [
    ['parseMoney(…, EUR)', (value) => parse?.(value, 'EUR')],
    ['parseMoney(1, …)', (value) => parse?.('1', value)],
    ['formatMoney(…)', (value) => format?.(value)],
    ['formatMoney({ minor })', (value) => format?.({ minor: value, currency: 'EUR' })],
    ['formatMoney({ currency })', (value) => format?.({ minor: 1n, currency: value })],
    ['addMoney(…, amount)', (value) => add?.(value, amount)],
    ['addMoney(amount, …)', (value) => add?.(amount, value)],
    ['addMoney({ minor }, amount)', (value) => add?.({ minor: value, currency: 'EUR' }, amount)],
    ['moneyFromProvider(…)', (value) => from?.(value, 1, 'EUR')],
    ['moneyFromProvider(stripe, …)', (value) => from?.('stripe', value, 'EUR')],
    ['moneyFromProvider(stripe, 1, …)', (value) => from?.('stripe', 1, value)],
    ['moneyToProvider(…)', (value) => to?.(value, amount)],
    ['moneyToProvider(stripe, …)', (value) => to?.('stripe', value)],
    ['moneyProblem(…)', (value) => untyped({ moneyProblem })['moneyProblem']?.(value)],
    ['money(…)', (value) => untyped({ money })['money']?.(value, value)],
  ];
}

/** All calls. */
export function calls(): Call[] {
  const never = [...recording(), ...spans(), ...lines(), ...webhooks()];
  const coded = [...creations(), ...arithmetic()];
  return [
    ...never.map(([title, run]) => ({ title, mayThrow: false, run })),
    ...coded.map(([title, run]) => ({ title, mayThrow: true, run })),
  ];
}
