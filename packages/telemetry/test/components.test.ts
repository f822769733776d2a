/** Components that a service passes: they work on redacted data, and what they throw stays inside. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from './support/process.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/components.mjs', import.meta.url).pathname;

let receiver: Receiver;
/** Where an exporter of the service sends. */
let own: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  own = await startReceiver();
});

beforeEach(() => {
  for (const one of [receiver, own]) {
    for (const list of [one.spans, one.records, one.metrics, one.resource, one.bodies]) {
      list.length = 0;
    }
  }
});

afterAll(async () => {
  await receiver.close();
  await own.close();
});

interface Output {
  readonly seen: readonly [what: string, ...values: unknown[]][];
  readonly carrier: readonly string[];
  readonly headers: readonly (readonly string[])[];
}

async function outputOf(name: string, mode: string): Promise<Output & { readonly stderr: string }> {
  const program = run([FIXTURE, name, mode], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OWN_ENDPOINT: `${own.url}/v1/traces`,
  });
  const { stdout, stderr, code } = await program.ended;
  if (code !== 0) throw new Error(stderr);
  return { ...JSON.parse(stdout), stderr };
}

function spanNames(from: Receiver): string[] {
  return from.spans.map(({ name }) => name).sort();
}

function textOf(attributes: unknown): string {
  return JSON.stringify(attributes);
}

describe('a component that works', () => {
  it('spanProcessors: gets redacted spans, may add attributes, and is flushed at the end', async () => {
    const { seen } = await outputOf('spanProcessors', 'works');
    const [start] = seen.filter(([what]) => what === 'start');
    expect(textOf(start)).toMatch(/"password":"(?!hunter2)/);
    expect(seen.filter(([what]) => what === 'end')).toHaveLength(6);
    expect(textOf(seen)).toContain('added.at.start');
    expect(seen.map(([what]) => what)).toContain('flushed');
    expect(spanNames(own)).toEqual(['GET', 'GET', 'GET', 'GET', 'unwanted', 'work']);
    expect(textOf([own.spans, receiver.spans])).not.toContain('user:hunter2');
    expect(spanNames(receiver)).toEqual(spanNames(own));
    expect(textOf(receiver.spans)).toContain('added.at.start');
    expect(textOf([seen, receiver.bodies])).not.toContain('hunter2');
  });

  it('logRecordProcessors: get redacted records and business events, and may add attributes', async () => {
    const { seen } = await outputOf('logRecordProcessors', 'works');
    const names = [...new Set(seen.map(([what]) => what))];
    expect(names).toEqual(['flushed', 'line', 'pino', 'moneytrail.payment.succeeded']);
    expect(textOf(seen)).not.toMatch(/"password":"hunter2"|user:hunter2/);
    expect(receiver.records).toHaveLength(3);
    expect(textOf(receiver.records).match(/added\.password/g)).toHaveLength(3);
    // A line of our logger was redacted by its own rules.
    expect(textOf(receiver.records)).toContain('a@b.example');
    expect(textOf(receiver.bodies)).not.toContain('hunter2');
  });

  it('metricReaders: get instruments and the series of the catalogue, masked', async () => {
    const { seen } = await outputOf('metricReaders', 'works');
    const names = seen.map(([what]) => what);
    for (const name of ['own.orders', 'moneytrail.payment.outcomes']) {
      expect(names.filter((one) => one === name)).toHaveLength(2);
    }
    expect(textOf(seen)).not.toContain('hunter2');
    expect(textOf(seen)).toContain('"payment.provider":"stripe"');
  });

  it('views: change instruments of the service, and no series of the catalogue', async () => {
    const { seen } = await outputOf('views', 'works');
    const names = receiver.metrics.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['own.renamed', 'moneytrail.payment.outcomes']));
    expect(textOf(seen)).not.toContain('hunter2');
    const points = receiver.metrics.filter(({ name }) => name.startsWith('own.'));
    expect(textOf(points)).toContain('"key":"added"');
    const outcomes = receiver.metrics.find(({ name }) => name === 'moneytrail.payment.outcomes');
    expect(textOf(outcomes)).toContain('payment.provider');
  });

  it('sampler: decides on redacted attributes, and may add some', async () => {
    const { seen } = await outputOf('sampler', 'works');
    expect(seen.map(([what]) => what)).toEqual(expect.arrayContaining(['work', 'unwanted']));
    expect(textOf(seen)).not.toContain('hunter2');
    expect(spanNames(receiver)).not.toContain('unwanted');
    expect(textOf(receiver.spans)).toContain('sampler.rule');
  });

  it.each([
    ['attributes', 'named'],
    ['resource', 'chosen'],
  ])('resource as %s: is merged, and the service is called %s', async (name, serviceName) => {
    await outputOf(name, 'works');
    const values = receiver.resource.map(({ key, value }) => `${key}=${value.stringValue}`);
    expect(values).toEqual(
      expect.arrayContaining([`service.name=${serviceName}`, 'team.name=payouts']),
    );
    expect(receiver.resource.map(({ key }) => key)).toContain('host.name');
  });

  it('propagators: replace those of the environment', async () => {
    const { seen, carrier, headers } = await outputOf('propagators', 'works');
    expect(carrier).toEqual(['x-own']);
    expect(headers.flat()).toContain('x-own');
    expect(headers.flat()).not.toContain('traceparent');
    expect(seen).toContainEqual(['extracted', 32]);
  });

  it.each<[string, string[]]>([
    ['none', ['GET', 'GET', 'GET', 'GET', 'unwanted', 'work']],
    ['added', ['GET', 'GET', 'GET', 'GET', 'unwanted', 'work']],
    ['disabled', ['unwanted', 'work']],
    ['configured', ['GET', 'GET', 'GET', 'unwanted', 'work']],
  ])('instrumentations, %s: the spans are %j', async (name, spans) => {
    await outputOf(name, 'works');
    expect(spanNames(receiver)).toEqual(spans);
    const hooks = ['own.start', 'own.request'].map((key) => textOf(receiver.spans).includes(key));
    expect(hooks).toEqual(Array(2).fill(name === 'configured'));
  });
});

describe('a component that throws', () => {
  it.each([
    ['spanProcessors', 'spanProcessors'],
    ['rejections', 'spanProcessors'],
    ['logRecordProcessors', 'logRecordProcessors'],
    ['metricReaders', 'metricReaders'],
    ['views', 'views'],
    ['emptyViews', 'views'],
    ['sampler', 'sampler'],
    ['emptySampler', 'sampler'],
    ['propagators', 'propagators'],
  ])('%s: is reported once, and everything arrives', async (name, option) => {
    const { stderr } = await outputOf(name, 'throws');
    expect(stderr.match(/MONEYTRAIL_\w+/g)).toEqual(['MONEYTRAIL_COMPONENT_FAILED']);
    expect(stderr).toContain(`MoneytrailWarning: ${option}: a component threw`);
    expect(spanNames(receiver)).toEqual(['GET', 'GET', 'GET', 'GET', 'unwanted', 'work']);
    expect(receiver.records).toHaveLength(3);
    const names = receiver.metrics.map(({ name: metric }) => metric);
    expect(names).toEqual(expect.arrayContaining(['own.orders', 'moneytrail.payment.outcomes']));
  });

  it('each hook of an instrumentation is reported once, and everything arrives', async () => {
    const { stderr } = await outputOf('configured', 'throws');
    expect(stderr.match(/MONEYTRAIL_\w+/g)).toEqual(Array(2).fill('MONEYTRAIL_COMPONENT_FAILED'));
    expect(stderr).toContain('instrumentations.configure[@opentelemetry/instrumentation-http]');
    expect(spanNames(receiver)).toEqual(['GET', 'GET', 'GET', 'GET', 'unwanted', 'work']);
  });
});
